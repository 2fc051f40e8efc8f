// A screen that somebody left: what the back button brings up, and what stays in the browser.
import { expect } from "@playwright/test";
import { signInAs, test } from "../support/page.ts";

// A browser may keep a whole page to show it again at once. Those that are steered by a test do not: the page is told so.
test("the back button shows no page of somebody who signed out", { tag: ["@once", "@scripted"] }, async ({ context, page }) => {
  await signInAs(page, "senior-nurse");
  const dialog = page.locator("[data-lock-after]");
  await expect(dialog).toHaveCount(1);
  const shownAgain = () => page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await shownAgain();
  await expect(dialog, "still signed in: the page comes back").toBeHidden();
  const stored = await page.evaluate(() => ({ here: Object.keys(localStorage), tab: Object.keys(sessionStorage) }));
  expect(stored, "nothing personal is kept by the browser").toEqual({ here: ["onedoor-active"], tab: [] });
  await context.clearCookies();
  await shownAgain();
  await expect(dialog, "signed out elsewhere: the page stays covered").toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
});
