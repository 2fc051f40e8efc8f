// Somebody who asked for help looks where their request is, and changes what is theirs to change.
import { choose, fillIn, reference as shown } from "../support/door.ts";
import { type Page } from "@playwright/test";
import { expect, goOn, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, triage } from "../support/staff.ts";

async function ask(page: Page): Promise<string> {
  await fillIn(page);
  await goOn(page, /^send/i);
  return shown(page);
}

/** Asks for help, keeps a return phrase, and opens the request with it. */
async function following(page: Page): Promise<{ reference: string; phrase: string }> {
  const reference = await ask(page);
  await goOn(page, "Keep a return phrase");
  const phrase = await page.locator("[data-phrase]").innerText();
  expect(phrase.trim().split(/\s+/)).toHaveLength(5);
  await open(page, reference, phrase);
  return { reference, phrase };
}

async function open(page: Page, reference: string, phrase: string): Promise<void> {
  await page.goto("/track");
  await page.getByLabel("Your reference").fill(reference);
  await page.getByLabel("Your return phrase").fill(phrase);
  await goOn(page, "Show my request");
}

test("a person sees where their request is, adds something, and the team reads it", async ({ another, page }) => {
  const { reference } = await following(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Where your request is");
  await expect(page.getByText("It waits to be read")).toBeVisible();
  await page.getByRole("link", { name: "Add something" }).click();
  await goOn(page, "Send");
  await slipped(page);
  await page.getByLabel("What would you like to add?").fill("I start a new job on Monday.");
  await goOn(page, "Send");
  await expect(page.getByText("I start a new job on Monday.")).toBeVisible();
  const staff = await another();
  await signInAs(staff, "senior-nurse");
  await staff.goto(`/find?reference=${reference}`);
  await expect(staff.getByText("I start a new job on Monday.")).toBeVisible();
});

// seed: 124
test("a person sees who has looked at their record, and comes back with one click", async ({ another, page }) => {
  const { reference } = await following(page);
  await page.getByRole("link", { name: "See who has looked at your record" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Who has looked at your record");
  const staff = await another();
  await signInAs(staff, "senior-nurse");
  await openRecord(staff, reference);
  // Sealed within seconds; asked for beside the page, which is looked at once it is there.
  const told = async (): Promise<string> => (await page.request.get("/track/looked")).text();
  await expect.poll(told, { timeout: 30_000 }).toContain("Ashmere Partnership Trust");
  await page.reload();
  await expect(page.getByText("Ashmere Partnership Trust").first()).toBeVisible();
  await expect(page.getByText("Opened your record").first()).toBeVisible();
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Where your request is");
});

// seed: 97
test("who is being helped finds who it is, what comes next, and help near them, with one look and two clicks", async ({ another, page }) => {
  const { reference, phrase } = await following(page);
  const staff = await another();
  await signInAs(staff, "senior-nurse");
  await openRecord(staff, reference);
  await take(staff);
  await triage(staff, "D");
  await staff.getByRole("button", { name: "A team accepts" }).click();
  await staff.getByLabel("Team").selectOption({ label: "North Ashmere Community Team" });
  await staff.getByLabel("Who to ask for").fill("Marcus Webb");
  await staff.getByLabel("What happens next").fill("Marcus rings you to agree a first meeting.");
  await staff.getByLabel("Day").fill("31");
  await staff.getByLabel("Month").fill("12");
  await staff.getByLabel("Year").fill(String(new Date().getFullYear() + 1));
  await staff.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(staff.getByText("Accepted.").first()).toBeVisible();
  await open(page, reference, phrase);
  for (const told of ["North Ashmere Community Team", "Marcus Webb", "Marcus rings you to agree a first meeting."]) await expect(page.getByText(told).first()).toBeVisible();
  await page.getByRole("link", { name: "Find help near you" }).click();
  await page.getByRole("button", { name: "Find help" }).click();
  await expect(page.locator('main a[href^="tel:"]').first()).toBeVisible();
  await expect(page.getByText(/Open now, until|Opens /).first()).toBeVisible();
  // One timeline: somebody of the team who has never met them reads on one page what happened, the newest first, with who did it.
  const worker = await another();
  await signInAs(worker, "key-worker");
  await worker.goto(recordUrl(staff));
  await worker.getByText("Everything that happened").click();
  const told = worker.locator("details", { hasText: "Everything that happened" });
  await expect(told.getByText("Accepted by a team").first()).toBeVisible();
  const story = await told.innerText();
  const at = ["Accepted by a team", "Decided how soon", "Opened it", "Asked for help"].map((step) => story.indexOf(step));
  expect(at.every((place) => place >= 0), story).toBe(true);
  expect([...at].sort((one, other) => one - other), story).toEqual(at);
  expect(story).toContain("Nadia Okonjo");
  // Who is who: the team's own list names everybody, what they are, and how to reach each of them.
  const manager = await another();
  await signInAs(manager, "team-manager");
  await manager.goto("/workers");
  await manager.getByRole("link", { name: "North Ashmere Community Team" }).click();
  await manager.getByRole("link", { name: "Marcus Webb" }).click();
  for (const known of ["Occupational therapist", "01632 960 301"]) await expect(manager.getByText(known).first()).toBeVisible();
});

test("who changes only the number keeps the code name, the safe times and every other way", async ({ another, page }) => {
  const { reference } = await following(page);
  await page.getByRole("link", { name: "Change how we reach you" }).click();
  await choose(page, "contact", "letter");
  await page.locator('[name="address"]').fill("1 Station Road\nMillbrook");
  await choose(page, "voicemail", "yes");
  await page.locator('[name="safe-times"]').fill("weekdays after 4pm");
  await page.locator('[name="code-name"]').fill("Sam from the library");
  await goOn(page, "Keep this");
  await expect(page).toHaveURL(/\/track\/where/);
  await page.getByRole("link", { name: "Change how we reach you" }).click();
  await expect(page.getByText("Leave this empty to keep the number that ends in 123.")).toBeVisible();
  await expect(page.locator("main")).not.toContainText("07700");
  await expect(page.locator('[name="code-name"]')).toHaveValue("Sam from the library");
  await expect(page.locator('input[name="contact"][value="letter"]')).toBeChecked();
  await page.locator('[name="call-phone"]').fill("12");
  await goOn(page, "Keep this");
  await slipped(page);
  await page.locator('[name="call-phone"]').fill("07700 900777");
  await goOn(page, "Keep this");
  for (const said of ["ends in 777", "You may leave a voicemail", "By letter, to the address you gave", "weekdays after 4pm", "Sam from the library"]) {
    await expect(page.locator("main").getByText(said)).toBeVisible();
  }
  const staff = await another();
  await signInAs(staff, "senior-nurse");
  await staff.goto(`/find?reference=${reference}`);
  await expect(staff.getByText("Sam from the library")).toBeVisible();
  await staff.getByText("Everything that happened").click();
  await expect(staff.getByText("The person changed how they are reached").first()).toBeVisible();
});

test("things got worse shows where help is, and the duty person is rung", async ({ another, page }) => {
  const { reference } = await following(page);
  await page.getByRole("link", { name: "Things got worse" }).click();
  await choose(page, "danger", "ending-life");
  await page.locator("main form").first().getByRole("button").click();
  await expect(page.getByText(/999/).first()).toBeVisible();
  const staff = await another();
  await signInAs(staff, "crisis-nurse");
  await staff.goto("/duty");
  await expect(staff.locator("main").getByText(`${reference.slice(0, 4)} ${reference.slice(4)}`)).toBeVisible();
});

test("who asks to stop is told that somebody senior thinks about it first", async ({ page }) => {
  await following(page);
  await page.getByRole("link", { name: "I do not want this any more" }).click();
  await page.locator("main").getByRole("button", { name: "Go on" }).or(page.locator("main").getByRole("link", { name: "Go on" })).click();
  await goOn(page, "Ask us to stop");
  await expect(page.getByText("You asked us to stop").first()).toBeVisible();
});

test("a wrong phrase does not say what was wrong, and nothing typed is lost", async ({ page }) => {
  const reference = await ask(page);
  await open(page, reference, "apple river stone cloud maple");
  await slipped(page);
  await expect(page.getByLabel("Your reference")).toHaveValue(reference);
});

test("finishing closes the page on a computer that others use", async ({ page }) => {
  await following(page);
  await goOn(page, "Finish");
  await page.goto("/track/where");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Where your request is");
});

test("who has no phrase opens their request with a code to an address they called safe", async ({ another, page }) => {
  await fillIn(page, { contact: "email" });
  await goOn(page, /^send/i);
  const reference = await shown(page);
  const elsewhere = await another();
  await elsewhere.goto("/track");
  await elsewhere.getByRole("link", { name: "Get a code instead" }).click();
  await goOn(elsewhere, "Send me a code");
  await slipped(elsewhere);
  await elsewhere.getByLabel("Your reference").fill(reference);
  await elsewhere.getByLabel("Your email address or mobile number").fill("someone@person.example");
  await goOn(elsewhere, "Send me a code");
  await expect(elsewhere.getByText("If both are right")).toBeVisible();
  const note = elsewhere.getByText("Demonstration: no code is sent.");
  await expect(note).toBeVisible();
  const code = /\d{3} \d{3}/.exec(await note.innerText())?.[0] ?? "";
  await elsewhere.getByLabel("The 6 numbers of the code").fill("12");
  await goOn(elsewhere);
  await slipped(elsewhere);
  await elsewhere.getByLabel("The 6 numbers of the code").fill(code);
  await goOn(elsewhere);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("Where your request is");
  await expect(elsewhere.getByText("I cannot sleep and everything is too much.")).toBeVisible();
});
