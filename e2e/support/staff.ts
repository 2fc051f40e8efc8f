// What staff do again and again: open a record by its reference, decide how soon, decide where help is.
import { expect, type Page } from "@playwright/test";
import { choose } from "./door.ts";

/** Opens a record as staff do when somebody reads out a reference. */
export async function openRecord(page: Page, reference: string): Promise<void> {
  await page.goto("/my-day");
  await page.getByLabel("Reference").fill(reference);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page).toHaveURL(/\/referrals\//);
}

/** A signed-in page's record address, without what was said last. */
export function recordUrl(page: Page): string {
  return page.url().replace(/\?.*/, "");
}

/** Says that one is reading it now; colleagues see that. */
export async function take(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open it: I am reading this" }).click();
  await expect(page.getByText("You have it open.")).toBeVisible();
}

/** Types a triage without sending it. */
export async function typeTriage(page: Page, words: string, category = "D"): Promise<void> {
  await choose(page, "category", category);
  await page.getByLabel("Why this soon?").fill(words);
  await page.getByLabel("What do we understand about safety?").fill("Feels safe at home. A neighbour looks in. We do not know about nights.");
  await choose(page, "children", "none");
}

/** Decides how soon. */
export async function triage(page: Page, category = "D"): Promise<void> {
  await page.getByRole("button", { name: /^Decide how soon/ }).click();
  await typeTriage(page, "Sleep is worse, a neighbour helps. Can wait until tomorrow.", category);
  await page.getByRole("button", { name: "Save how soon" }).click();
  await expect(page.getByText("Saved. Next: decide where help is.")).toBeVisible();
}

/** Gives advice, because that is what the person wants. */
export async function advise(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Give advice" }).click();
  await page.getByLabel("Advice", { exact: true }).fill("Keep a small lamp on and ring your friend on bad evenings.");
  await page.getByLabel("Other places that help").fill("Harbour Crisis Café, every evening from 6pm.");
  await choose(page, "basis", "wish");
  await page.locator('[name="wish"]').fill("I only wanted to know where I can go.");
  await page.getByRole("button", { name: "Save the advice" }).click();
  await expect(page.getByText("Advice saved.")).toBeVisible();
}

/** Tells everybody who can be told by phone. */
export async function tellByPhone(page: Page): Promise<void> {
  const told = page.getByRole("button", { name: "I have told them by phone" });
  while ((await told.count()) > 0) {
    await told.first().click();
    await expect(page.getByText("Saved. They count as told.")).toBeVisible();
  }
}
