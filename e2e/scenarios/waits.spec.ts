// How long people wait, and who sees to it: the four parts of the four weeks, the hours of a crisis team, what the county
// agreed, and the reports in which nobody can hide a wait that was ended just before its target.
import type { Locator, Page } from "@playwright/test";
import { askForHelp, choose } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, triage } from "../support/staff.ts";

/** A senior has decided how soon, and that this team takes the person. */
async function takenBy(page: Page, given: string, team: string, category: string): Promise<void> {
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, category);
  await page.getByRole("button", { name: "Accept" }).click();
  await page.locator('[name="team"]').selectOption({ label: team });
  await page.locator('[name="contact-name"]').fill("Robin");
  await page.locator('[name="next-step"]').fill("Robin rings you.");
  const soon = new Date(Date.now() + 7 * 24 * 3600 * 1000);
  await page.locator('[name="next-on[day]"]').fill(String(soon.getDate()));
  await page.locator('[name="next-on[month]"]').fill(String(soon.getMonth() + 1));
  await page.locator('[name="next-on[year]"]').fill(String(soon.getFullYear()));
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(page.locator("#care")).toBeVisible();
}

/** The line of a record about one thing. */
function line(page: Page, about: string): Locator {
  return page.locator(".nhsuk-summary-list__row", { has: page.getByText(about, { exact: true }) }).first();
}

/** The row of a record about one clock. */
function clock(page: Page, code: string): Locator {
  return page.locator("main tr", { hasText: code }).first();
}

/** Somebody of the team was with the person, now. */
async function wasWithThem(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Record a contact/ }).click();
  await choose(page, "mode", "face-to-face");
  await choose(page, "reached", "yes");
  await page.locator('[name="next"]').fill("We meet again on Thursday.");
  await page.getByRole("button", { name: "Save the contact" }).click();
  await expect(page.getByText("Contact saved.")).toBeVisible();
}

test("the record says which part of the four weeks is open, and each part is written down with where it is kept", async ({ another, browser, page }) => {
  const given = await askForHelp(browser);
  await takenBy(page, given, "North Ashmere Community Team", "E");
  await expect(page.getByText("Four weeks: contact, assessment, plan or help, first measure (4WW-ADULT), expected").first()).toBeVisible();
  const worker = await another();
  await signInAs(worker, "key-worker");
  await worker.goto(recordUrl(page));
  for (const part of ["Contact with the team", "Assessment", "Plan agreed, or help begun", "First outcome measure"]) {
    await expect(line(worker, part)).toContainText("Open");
  }
  await wasWithThem(worker);
  await expect(line(worker, "Contact with the team")).toContainText("Done");
  await worker.getByRole("button", { name: "Record a part of the four weeks" }).click();
  await worker.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(worker);
  for (const part of ["assessment", "plan-or-intervention", "baseline"]) {
    await worker.goto(`${recordUrl(page)}/four-weeks`);
    await choose(worker, "part", part);
    await worker.getByLabel("Where is it kept?").fill("In the notes of the trust.");
    await worker.getByRole("button", { name: "Save", exact: true }).click();
    await expect(worker.getByText("Saved.", { exact: true })).toBeVisible();
  }
  await expect(line(worker, "First outcome measure")).toContainText("In the notes of the trust.");
  await expect(worker.getByRole("button", { name: "Record a part of the four weeks" })).toHaveCount(0);
  await expect(clock(worker, "4WW-ADULT")).toContainText("Done");
});

test("a crisis team is with the person within hours, and only being with them ends that wait", async ({ another, browser, page }) => {
  const given = await askForHelp(browser);
  await takenBy(page, given, "Crisis and Home Treatment Team", "B");
  await expect(clock(page, "UEC-VU")).toBeVisible();
  await expect(clock(page, "UEC-VU")).not.toContainText("Done");
  const crisis = await another();
  await signInAs(crisis, "crisis-nurse");
  await crisis.goto(recordUrl(page));
  await expect(crisis.getByText("Be with the person: crisis standard").first()).toBeVisible();
  await wasWithThem(crisis);
  await expect(clock(crisis, "UEC-VU")).toContainText("Done");
  await expect(clock(crisis, "4WW-ADULT")).toContainText("another wait");
});

test("the county's waits are whole numbers in a range that the page says, and nothing typed is lost", async ({ page }) => {
  await signInAs(page, "system-administrator");
  await page.goto("/county");
  await page.getByRole("link", { name: /National waits/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("National waits");
  await expect(page.getByText("1 to 90 days. Usual: 28.")).toBeVisible();
  await page.getByLabel("Four weeks: days until help has begun").fill("soon");
  await page.getByLabel("Crisis team, urgent: minutes until somebody is there").fill("1439");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(page);
  await expect(page.getByLabel("Four weeks: days until help has begun")).toHaveValue("soon");
  await expect(page.getByLabel("Crisis team, urgent: minutes until somebody is there")).toHaveValue("1439");
});

test("a manager reads when waits ended around their target, who holds people, and nobody's name", async ({ page }) => {
  await signInAs(page, "service-manager");
  await page.goto("/reports");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Reports");
  await expect(page.getByRole("heading", { name: "Decisions around the target" })).toBeVisible();
  const done = page.getByRole("table", { name: "When it was done" });
  for (const clock of ["4WW-ADULT", "4WW-CYP", "ED-LIAISON", "UEC-VU", "UEC-U)"]) {
    await expect(done.getByText(clock).first()).toBeVisible();
  }
  await page.getByText("How this is counted").click();
  await expect(page.getByText("just before its target, so that it never counts as late, shows here")).toBeVisible();
  await page.getByLabel("From").selectOption({ index: 5 });
  await page.getByRole("button", { name: "Show these months" }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d{2}/);
  await expect(page.getByLabel("From").locator("option:checked")).toHaveCount(1);
  const file = await page.request.get((await page.getByRole("link", { name: /CSV/ }).getAttribute("href")) ?? "");
  expect(await file.text()).toContain("table,row,column,count");
});
