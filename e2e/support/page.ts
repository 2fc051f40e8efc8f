// The test every scenario starts from: somebody with a browser, in the variant the project names, and no page unseen.
import { expect, type Page, test as base } from "@playwright/test";
import { Lookout } from "./look.ts";

interface Given {
  /** Looks at every page on the way. */
  lookout: Lookout;
  /** Somebody else, in a browser of their own. */
  another: () => Promise<Page>;
}

export const test = base.extend<Given>({
  lookout: async ({ browser, javaScriptEnabled }, use) => {
    await use(new Lookout(browser, javaScriptEnabled ?? true));
  },
  page: async ({ lookout, page }, use, info) => {
    await use(await lookout.follow(page));
    if (info.errors.length === 0) await lookout.end();
  },
  another: async ({ browser, lookout }, use) => {
    await use(async () => lookout.follow(await (await browser.newContext()).newPage()));
  },
});

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

/** On a page that is an answer to a slip: the title says so, and the reader stands at the list of what to change. */
export async function slipped(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/^Error: /);
  const summary = page.locator(".nhsuk-error-summary");
  await expect(summary).toBeVisible();
  if (test.info().project.use.javaScriptEnabled !== false) await expect(summary).toBeFocused();
}

export { expect };
export { PHONE, WIDE } from "./sizes.ts";
