// Back to the practice: advice with services of the directory, a copy to the GP, and somebody there who has read it.
import { askForHelp, choose } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { advise, openRecord, recordUrl, take, triage } from "../support/staff.ts";

test("services of the directory go into the advice, and nothing typed is lost by looking", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "G");
  await page.getByRole("button", { name: "Give advice" }).click();
  await page.getByLabel("Advice", { exact: true }).fill("Keep a small lamp on and ring your friend on bad evenings.");
  await page.getByLabel("Look in the directory (optional)").fill("debts");
  await page.getByRole("button", { name: "Look", exact: true }).click();
  const money = page.getByRole("checkbox", { name: "Lantern money help" });
  await expect(money).toBeVisible();
  await expect(page.getByLabel("Advice", { exact: true })).toHaveValue("Keep a small lamp on and ring your friend on bad evenings.");
  await page.getByRole("button", { name: "Save the advice" }).click();
  await slipped(page);
  await money.check();
  await choose(page, "basis", "wish");
  await page.locator('[name="wish"]').fill("I only wanted to know where I can go.");
  await page.getByRole("button", { name: "Save the advice" }).click();
  await expect(page.getByText("Advice saved.")).toBeVisible();
  await expect(page.getByText("01632 960 702").first()).toBeVisible();
});

test("the practice says by the words of its letter that it has read it, and reads nothing of the patient there", async ({ another, browser, page }) => {
  const given = await askForHelp(browser, { whyNow: "The letters frighten me.", tellGp: true, practice: "Millbrook Surgery" });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "G");
  await advise(page);
  await expect(page.getByRole("button", { name: "Record that the practice has read our letter" })).toBeVisible();
  const record = recordUrl(page);
  const letters = await page.locator('a[href$="/letter"]').evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  let words = "";
  for (const letter of letters) {
    await page.goto(letter);
    const text = await page.locator("main").innerText();
    words = /these five words, or ring us:\s+([a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+)/.exec(text)?.[1] ?? words;
  }
  expect(words).not.toBe("");
  const practice = await another();
  await practice.goto("/answer");
  await practice.getByRole("button", { name: "Go on" }).click();
  await slipped(practice);
  await practice.locator('[name="reference"]').fill(given);
  await practice.locator('[name="phrase"]').fill(words);
  await practice.getByRole("button", { name: "Go on" }).click();
  await expect(practice.getByRole("heading", { level: 1 })).toHaveText("Have you read our letter?");
  await expect(practice.getByText("The letters frighten me.")).toHaveCount(0);
  await practice.getByLabel("Your name").fill("Pat Moor");
  await practice.getByLabel("What you do there").fill("Practice manager");
  await practice.locator('[name="confirm"]').check();
  await practice.getByRole("button", { name: "Send" }).click();
  await expect(practice.getByText("There is nothing more to do.")).toBeVisible();
  await page.goto(record);
  await expect(page.getByRole("button", { name: "Record that the practice has read our letter" })).toHaveCount(0);
});
