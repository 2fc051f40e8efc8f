// Everybody is told, honestly: what was not sent is not called sent, and "not better" opens the door again.
import { askForHelp, choose } from "../support/door.ts";
import type { Page } from "@playwright/test";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { advise, openRecord, recordUrl, take, tellByPhone, triage } from "../support/staff.ts";

/** Reloads until the worker has written a message. */
async function settled(page: Page, words: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.locator("#notices ~ *").getByText(words).first()).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 20_000 });
}

test("a demonstration says plainly that a message was not sent", async ({ browser, page }) => {
  const given = await askForHelp(browser, { contact: "email" });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await settled(page, "Not sent: demonstration.");
  await expect(page.locator("#notices ~ *").getByText(/Delivered|The provider took it/)).toHaveCount(0);
});

test("a letter goes in a plain envelope, and counts only when somebody has posted it", async ({ browser, page }) => {
  const given = await askForHelp(browser, { contact: "letter" });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  const record = recordUrl(page);
  await page.getByRole("link", { name: "Open the letter to print" }).first().click();
  await expect(page.getByText("Use a plain envelope")).toBeVisible();
  await page.goto(record);
  await page.getByRole("button", { name: "I have printed it" }).click();
  await expect(page.getByText("Printed. Next: post it")).toBeVisible();
  await page.getByRole("button", { name: "I have posted it" }).click();
  await slipped(page);
  await expect(page.getByText("Read the address on the envelope, then tick the box").first()).toBeVisible();
  await page.getByLabel("I have read the address on the envelope").check();
  await page.getByRole("button", { name: "I have posted it" }).click();
  await expect(page.getByText("Posted. They count as told.")).toBeVisible();
  await expect(page.getByText("They read the address first.")).toBeVisible();
});

test("a call to somebody who wanted a letter is recorded with a reason, and the record keeps it", async ({ browser, page }) => {
  const given = await askForHelp(browser, { contact: "letter" });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await page.getByRole("button", { name: /^Record a contact/ }).click();
  await choose(page, "mode", "phone");
  await choose(page, "reached", "yes");
  await page.locator('[name="next"]').fill("We write on Friday.");
  await page.getByRole("button", { name: "Save the contact" }).click();
  await slipped(page);
  await expect(page.getByText("Only the ways they said are safe")).toBeVisible();
  await expect(page.locator('[name="next"]')).toHaveValue("We write on Friday.");
  await choose(page, "needs", "not-met");
  await page.getByLabel("Why not?").fill("The letter came back and we were worried.");
  await page.getByRole("button", { name: "Save the contact" }).click();
  await expect(page.getByText("Why: The letter came back and we were worried.")).toBeVisible();
});

test("not better after advice opens it again with the date help was first asked for", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  const asked = page.locator("#facts ~ dl time").first();
  const first = await asked.getAttribute("datetime");
  await take(page);
  await triage(page, "G");
  await advise(page);
  await tellByPhone(page);
  await expect(page.locator("#facts ~ dl")).toContainText("Finished: everybody was told");
  await page.getByRole("button", { name: "Record how they are" }).click();
  await page.locator('input[name="outcome"][value="not-better"]').check();
  await page.getByLabel("What did they say, or what did you try?").fill("The nights are as bad as before.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/If they are not better or did not answer, this is open again/)).toBeVisible();
  await expect(page.locator("#facts ~ dl")).not.toContainText("Finished");
  expect(await asked.getAttribute("datetime")).toBe(first);
  await expect(page.getByRole("button", { name: /how soon|A team accepts/ }).first()).toBeVisible();
});
