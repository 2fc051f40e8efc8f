// What is missing is asked for once: no clock stops, whoever is asked answers by a link that shows nobody, and triage waits for nothing.
import type { Page } from "@playwright/test";
import { askForHelp } from "../support/door.ts";
import { linkTo } from "../support/mail.ts";
import { expect, goOn, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, triage } from "../support/staff.ts";

/** An address of its own for each run: the spool is one for all. */
function address(): string {
  return `asked-${Math.random().toString(36).slice(2, 10)}@person.example`;
}

async function askOnce(page: Page, reference: string): Promise<string> {
  await signInAs(page, "administrator");
  await openRecord(page, reference);
  await take(page);
  await page.getByRole("button", { name: "Ask once for what is missing" }).click();
  await page.getByRole("button", { name: "Ask once", exact: true }).click();
  await slipped(page);
  await page.getByLabel("What is missing?").fill("Which tablets do you take?\nSince when?");
  await page.getByRole("button", { name: "Ask once", exact: true }).click();
  await expect(page.getByText("Asked. No clock stopped")).toBeVisible();
  return recordUrl(page);
}

// seed: 75
test("somebody is asked once, answers by the link, and a senior reads it in the record", async ({ another, browser, page }) => {
  const email = address();
  const given = await askForHelp(browser, { contact: "email", email, sayNhs: true });
  const record = await askOnce(page, given);
  await expect(page.getByRole("button", { name: "Ask once for what is missing" })).toHaveCount(0);
  await expect(page.getByText("Asked once for what is missing: triage with what is known").first()).toBeVisible();

  const asked = await another();
  const to = await linkTo(email, /http:\/\/[^\s]*\/question\/[0-9a-f-]+\/[0-9a-f]{64}/);
  await asked.goto(to);
  await expect(asked.getByRole("heading", { level: 1 })).toHaveText("We have a question");
  await expect(asked.getByText("Which tablets do you take?")).toBeVisible();
  await goOn(asked, "Send the answer");
  await slipped(asked);
  await expect(asked.getByLabel("Your name")).toHaveCount(0);
  await asked.getByLabel("Your answer").fill("Sertraline.\nSince May.");
  await goOn(asked, "Send the answer");
  await expect(asked.getByRole("heading", { level: 1 })).toHaveText("We have your answer");
  await asked.goto(to);
  await expect(asked.getByRole("heading", { level: 1 })).toHaveText("We have your answer");
  await expect(asked.getByText("Sertraline")).toHaveCount(0);

  await signInAs(page, "senior-nurse");
  await page.goto(record);
  await expect(page.getByText("Sertraline.").first()).toBeVisible();
  await expect(page.getByText("Their answer to our question").first()).toBeVisible();
});

test("a senior triages without waiting for the answer, and an answer on the phone is written down", async ({ browser, page }) => {
  const given = await askForHelp(browser, { contact: "call" });
  const record = await askOnce(page, given);
  await page.getByRole("button", { name: "Write down their answer" }).click();
  await page.getByRole("button", { name: "Save the answer" }).click();
  await slipped(page);
  await page.getByLabel("Who answered?").fill("She herself");
  await page.getByLabel("What did they say?").fill("Nothing at the moment.");
  await page.getByRole("button", { name: "Save the answer" }).click();
  await expect(page.getByText("The answer is saved.")).toBeVisible();
  await signInAs(page, "senior-nurse");
  await page.goto(record);
  await triage(page, "D");
  await expect(page.getByText("Nothing at the moment.").first()).toBeVisible();
});

test("a link that is not ours is calm and shows where help is", async ({ page }) => {
  const answer = await page.goto(`/question/00000000-0000-7000-8000-000000000001/${"0".repeat(64)}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByText("111").first()).toBeVisible();
});
