// Somebody rings, comes in, or sits in a café: a member of staff writes it down for them, and danger waits for no form.
import type { Page } from "@playwright/test";
import { choose } from "../support/door.ts";
import { expect, goOn, signInAs, slipped, test } from "../support/page.ts";

test("a café visitor in danger who gives no name: the duty person knows at once, and the words follow", async ({ another, page }) => {
  await signInAs(page, "harbour-host");
  await page.goto("/enter");
  await choose(page, "channel", "cafe");
  await page.getByLabel("Where they are, or what they look like").fill("Grey coat, by the window. Does not speak.");
  await goOn(page, "Danger now: tell the duty person");
  await expect(page.getByText("The duty person is being told now.")).toBeVisible();

  const duty = await another();
  await signInAs(duty, "senior-nurse");
  await duty.goto("/duty");
  await expect(duty.getByText("Name not known").first()).toBeVisible();

  await page.locator('a[href$="/why-now"]').click();
  await page.locator('[name="why-now"]').fill("Took tablets an hour ago.");
  await goOn(page, "Save and go on");
  await page.locator(".nhsuk-back-link").click();
  await goOn(page, "Finish and hand it over");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is handed over");
});

test("a caller: the number first, a slip is put right, and the printed slip says nothing of why", async ({ page }) => {
  await signInAs(page, "administrator");
  await page.goto("/enter");
  await page.getByLabel("Number to call back on").fill("07700 900456");
  await goOn(page, "Save and go on");
  await slipped(page);
  await expect(page.getByLabel("Number to call back on")).toHaveValue("07700 900456");
  await choose(page, "safe-to-ring", "yes");
  await choose(page, "channel", "phone");
  await goOn(page, "Save and go on");
  await choose(page, "danger", "none");
  await goOn(page, "Save and go on");
  await page.locator(".nhsuk-back-link").click();
  await page.locator('a[href$="/name"]').click();
  await page.locator('[name="called"]').fill("Mira Invented");
  await goOn(page, "Save and go on");
  await page.locator(".nhsuk-back-link").click();
  await expect(page.getByText("Mira Invented")).toBeVisible();
  await goOn(page, "Finish and hand it over");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is handed over");
  await page.emulateMedia({ media: "print" });
  const slip = page.locator(".od-letter");
  for (const number of ["999", "111", "116 123"]) await expect(slip).toContainText(number);
  await expect(page.getByText("Mira Invented")).toHaveCount(0);
  await expect(page.locator("nav:visible, .nhsuk-button:visible, .nhsuk-footer:visible")).toHaveCount(0);
});

/** Somebody at the desk writes down who is there, and answers where the entry is. */
async function writeDown(page: Page, channel: string): Promise<string> {
  await page.goto("/enter");
  await page.getByLabel("Number to call back on").fill("07700 900456");
  await choose(page, "safe-to-ring", "yes");
  await choose(page, "channel", channel);
  await goOn(page, "Save and go on");
  await expect(page).toHaveURL(/\/safety$/);
  return page.url().replace(/\/safety$/, "");
}

test("two colleagues answer the same question: the second is told, sees both texts and loses no word", async ({ another, page }) => {
  await signInAs(page, "administrator");
  const entry = await writeDown(page, "phone");
  const nurse = await another();
  await signInAs(nurse, "senior-nurse");
  await nurse.goto(`${entry}/why-now`);
  await page.goto(`${entry}/why-now`);
  await page.locator('[name="why-now"]').fill("Cannot sleep since Sunday.");
  await goOn(page, "Save and go on");
  await expect(page).toHaveURL(/\/permissions$/);

  await nurse.locator('[name="why-now"]').fill("Hears steps at night.");
  await goOn(nurse, "Save and go on");
  await expect(nurse.getByText("Somebody else changed this while you were writing.")).toBeVisible();
  await expect(nurse.getByText("Cannot sleep since Sunday.")).toBeVisible();
  await expect(nurse.locator('[name="why-now"]')).toHaveValue("Hears steps at night.");
  await nurse.locator('[name="why-now"]').fill("Cannot sleep since Sunday. Hears steps at night.");
  await goOn(nurse, "Save and go on");
  await expect(nurse).toHaveURL(/\/permissions$/);
  await page.goto(entry);
  await expect(page.getByText("Cannot sleep since Sunday. Hears steps at night.")).toBeVisible();
});

test("after danger now the person changes how they are reached, and the open form does not write over it", async ({ another, page }) => {
  await signInAs(page, "harbour-host");
  const entry = await writeDown(page, "cafe");
  await goOn(page, "Danger now: tell the duty person");
  await expect(page.getByText("The duty person is being told now.")).toBeVisible();
  await page.getByRole("link", { name: "What to tell them, or print for them" }).click();
  await goOn(page, "They are here: make a return phrase");
  const words = (await page.locator("[data-phrase]").innerText()).trim();
  const reference = await page.locator(".od-slip .od-reference").innerText();
  await page.goto(`${entry}/contact`);

  const person = await another();
  await person.goto("/track");
  await person.locator('[name="reference"]').fill(reference);
  await person.locator('[name="phrase"]').fill(words);
  await person.locator("main form button").first().click();
  await expect(person).toHaveURL(/\/track\/where/);
  await person.goto("/track/change/contact");
  await choose(person, "contact", "text");
  await person.locator('[name="text-phone"]').fill("07700 900999");
  await choose(person, "say-nhs", "no");
  await person.locator("main form button").first().click();
  await expect(person).toHaveURL(/\/track\/where/);

  await choose(page, "contact", "text");
  await page.locator('[name="text-phone"]').fill("07700 900111");
  await choose(page, "say-nhs", "no");
  await goOn(page, "Save and go on");
  await expect(page.getByText("Ask the person which is right.")).toBeVisible();
  await expect(page.locator('[name="text-phone"]')).toHaveValue("07700 900111");
  await expect(page.locator("main")).not.toContainText("900 999");
});

test("a walk-in takes a slip along that opens their request and tells a stranger nothing", async ({ page }) => {
  await signInAs(page, "administrator");
  const entry = await writeDown(page, "walk-in");
  await page.goto(`${entry}/name`);
  await page.locator('[name="called"]').fill("Wren Invented");
  await goOn(page, "Save and go on");
  await page.goto(entry);
  await expect(page.getByText(/If nobody goes on with it, it is removed on/)).toBeVisible();
  await goOn(page, "Finish and hand it over");
  await goOn(page, "They are here: make a return phrase");
  const slip = page.locator(".od-slip");
  await expect(slip.locator("[data-phrase]")).toHaveText(/^\s*(\w+\s+){4}\w+\s*$/);
  await page.emulateMedia({ media: "print" });
  for (const other of [".nhsuk-header", ".od-crisis", ".nhsuk-footer"]) await expect(page.locator(other)).toBeHidden();
  await expect(slip).toContainText("/track");
  const printed = await page.locator("body").innerText();
  expect(printed.trim(), "nothing stands on the paper but the slip").toBe((await slip.innerText()).trim());
  for (const word of ["mental", "crisis", "Samaritans", "NHS", "Wren"]) expect(printed).not.toContain(word);
  await page.emulateMedia({ media: null });
  const plain = await page.pdf();
  const headed = await page.pdf({ displayHeaderFooter: true });
  expect(headed.length, "where the browser would print title and address, there is no room").toBe(plain.length);
  await page.goto(`${entry}/done`);
  await expect(page.locator("[data-phrase]")).toHaveCount(0);
});

test("a form on paper is photographed, added, taken off and added again, and goes with the request", async ({ another, page }) => {
  await signInAs(page, "administrator");
  const entry = await writeDown(page, "paper");
  await page.locator(".nhsuk-back-link").click();
  await page.locator('a[href$="/files"]').click();
  const form = { buffer: Buffer.from("%PDF-1.7 a form on paper"), mimeType: "application/pdf", name: "form.pdf" };
  await page.locator('[name="file"]').setInputFiles({ ...form, buffer: Buffer.from([0x4d, 0x5a, 0x90, 0x00, 0x03]), name: "form.exe" });
  await goOn(page, "Add this file");
  await slipped(page);
  await page.locator('[name="file"]').setInputFiles(form);
  await goOn(page, "Add this file");
  await goOn(page, "Remove form.pdf");
  await expect(page.getByRole("button", { name: "Remove form.pdf" })).toHaveCount(0);
  await page.locator('[name="file"]').setInputFiles(form);
  await goOn(page, "Add this file");
  await page.locator(".nhsuk-back-link").click();
  await expect(page.getByText("form.pdf")).toBeVisible();
  await goOn(page, "Finish and hand it over");
  const nurse = await another();
  await signInAs(nurse, "senior-nurse");
  await nurse.goto(entry.replace("/enter/", "/referrals/"));
  await expect(nurse.locator("main")).toContainText("form.pdf");
});

test("a number that is not safe is never one to ring: every page says how else to reach them", async ({ another, page }) => {
  await signInAs(page, "harbour-host");
  await page.goto("/enter");
  await page.locator('[name="callback"]').fill("07700 900457");
  await choose(page, "safe-to-ring", "no");
  await choose(page, "channel", "cafe");
  // The duty board of one county shows everybody: each variant looks for its own.
  const place = `Red scarf, by the door, table ${Date.now() % 1_000_000}.`;
  await page.locator('[name="place"]').fill(place);
  await goOn(page, "Danger now: tell the duty person");
  await expect(page.getByText("The duty person is being told now.")).toBeVisible();
  const duty = await another();
  await signInAs(duty, "senior-nurse");
  await duty.goto("/duty");
  const card = duty.locator(".nhsuk-card", { hasText: place });
  await expect(card).toContainText("It is not safe to ring the number they gave.");
  await expect(card).toContainText("07700 900 457. It is not safe to ring it: do not ring it.");
  await card.getByRole("link").first().click();
  await expect(duty.getByText("Reach them first")).toBeVisible();
  await expect(duty.getByText("Nobody has asked them whether we may tell their GP.")).toBeVisible();
  await expect(duty.locator("main")).not.toContainText("Ring them");
});
