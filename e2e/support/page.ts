// What every page must be, whoever looks at it: accessible, titled, calm, with help in reach.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test as base } from "@playwright/test";

/** The one published pattern axe objects to: `aria-expanded` on a radio that shows more questions. */
const KNOWN = new Set(["aria-allowed-attr"]);

/** Looks at a page as a whole: accessibility, title, language, one main heading, help in reach, no sideways scrolling. */
export async function lookAt(page: Page): Promise<void> {
  // Our pages have no frames: without them the check needs no second page and is done sooner.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const unknown = violations.filter((found) => !(KNOWN.has(found.id) && found.nodes.every((node) => node.html.includes('type="radio"'))));
  expect(unknown.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join("\n")}`)).toEqual([]);
  await lookPlainly(page);
}

/** The same without the accessibility check, which cannot run in a browser without JavaScript. */
export async function lookPlainly(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/.+ – .+/);
  await expect(page.locator("html")).toHaveAttribute("lang", /^en/);
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page.getByText("111", { exact: false }).first()).toBeAttached();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, "nothing to scroll sideways").toBeLessThanOrEqual(0);
}

/** Signs in as a persona of the demonstration, through the picker a person would use. */
export async function signInAs(page: Page, persona: string): Promise<void> {
  await page.goto("/demo");
  await page.locator(`form[action="/demo/${persona}"] button`).click();
  await expect(page).toHaveURL(/my-day/);
}

/** Presses "continue" or whatever moves the journey on. */
export async function goOn(page: Page, name: string | RegExp = /continue/i): Promise<void> {
  await page.getByRole("button", { name }).click();
}

/** The size of a small phone. */
export const PHONE = { width: 320, height: 800 };

export const test = base;
export { expect };
