// A person asks for help for themselves.
import { answerSafety, begin, choose, fillIn, OPTIONAL, reference } from "../support/door.ts";
import { expect, goOn, lookAt, PHONE, test } from "../support/page.ts";
import type { Page } from "@playwright/test";

/** Moves to a control with the Tab key alone. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const wanted = page.locator(selector).first();
  for (let press = 0; press < 60; press += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key never reaches ${selector}`);
}

/** Presses the page's main button with the keyboard. */
async function enter(page: Page, selector = "main form button"): Promise<void> {
  await tabTo(page, selector);
  const before = page.url();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(before);
}

test("a person asks for help with the keyboard alone and gets a reference and dates", async ({ page }) => {
  await page.goto("/");
  await lookAt(page);
  await enter(page, 'main a[href="/ask"]');
  await lookAt(page);
  await tabTo(page, "#who");
  await page.keyboard.press("Space");
  await enter(page);
  await lookAt(page);
  await tabTo(page, 'input[value="none"]');
  await page.keyboard.press("Space");
  await enter(page);
  await lookAt(page);
  await enter(page);
  await tabTo(page, "#called");
  await page.keyboard.type("Sky");
  await enter(page);
  await lookAt(page);
  await tabTo(page, "#contact");
  await page.keyboard.press("Space");
  await tabTo(page, "#call-phone");
  await page.keyboard.type("07700 900123");
  await enter(page);
  await tabTo(page, "#why-now");
  await page.keyboard.type("I have not slept for a week.");
  await enter(page);
  await lookAt(page);
  await tabTo(page, "#tell-gp");
  await page.keyboard.press("Space");
  await enter(page);
  for (const optional of OPTIONAL) {
    await expect(page).toHaveURL(new RegExp(`/${optional}$`));
    await lookAt(page);
    await enter(page);
  }
  await lookAt(page);
  await enter(page, 'form[action$="/send"] button');
  await lookAt(page);
  await reference(page);
  await expect(page.getByText(/will have read your request by/)).toBeVisible();
});

test.describe("without JavaScript on a small phone", () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test("a person asks for help and gets a reference", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Ask for help" }).click();
    await fillIn(page);
    await expect(page.getByText("Nobody watches a form that has not been sent.")).toBeVisible();
    await goOn(page, "Send");
    await reference(page);
  });

  test("leaving quickly is an ordinary link that forgets the form", async ({ page }) => {
    await page.route(/^https:/, (route) => route.fulfill({ body: "weather" }));
    await begin(page);
    const form = page.url();
    await page.getByRole("link", { name: "Leave this page quickly" }).click();
    await expect(page.getByText("weather")).toBeVisible();
    const again = await page.goto(form);
    expect(again?.status()).toBe(404);
  });
});

test("an error takes the reader to it and keeps every word", async ({ page }) => {
  await begin(page);
  await answerSafety(page);
  await page.getByLabel("What should we call you?").fill("Kim");
  await goOn(page);
  await choose(page, "contact", "call");
  await page.locator("#call-phone").fill("12 ab");
  await page.getByLabel("When is it safe to reach you?").fill("Not when he is home");
  await goOn(page);
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.locator(".nhsuk-error-summary")).toBeFocused();
  await lookAt(page);
  await expect(page.locator("#call-phone")).toHaveValue("12 ab");
  await expect(page.getByLabel("When is it safe to reach you?")).toHaveValue("Not when he is home");
  await page.locator(".nhsuk-error-summary a").first().click();
  await expect(page.locator("#call-phone")).toBeFocused();
});

test("checking answers lets a person change one and come straight back", async ({ page }) => {
  await fillIn(page, { called: "Lee" });
  await page.locator('main a[href*="/name?change"]').click();
  await expect(page.locator("#called")).toHaveValue("Lee");
  await page.locator("#called").fill("Leigh");
  await goOn(page);
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.getByText("Leigh", { exact: true })).toBeVisible();
});

test("sending twice and going back give one reference", async ({ page }) => {
  await fillIn(page);
  const sent = page.url().replace("/check", "/sent");
  await page.getByRole("button", { name: "Send" }).dblclick({ noWaitAfter: true });
  await expect(page).toHaveURL(sent);
  const first = await reference(page);
  await page.goBack();
  const send = page.getByRole("button", { name: "Send" });
  if ((await send.count()) > 0) await send.click();
  await page.goto(sent);
  expect(await reference(page)).toBe(first);
  await page.reload();
  expect(await reference(page)).toBe(first);
});

test("leaving quickly replaces the page, and going back shows nothing of it", async ({ page }) => {
  await page.route(/^https:/, (route) => route.fulfill({ contentType: "text/html", body: "<title>weather</title>weather" }));
  await begin(page);
  await answerSafety(page);
  await page.locator("#called").fill("Nobody may see this");
  await expect(page.locator("body")).toHaveClass(/js-enabled/);
  for (const key of ["Escape", "Escape", "Escape"]) await page.keyboard.press(key);
  await expect(page.getByText("weather")).toBeVisible();
  await page.goBack();
  await expect(page.getByText("Nobody may see this")).toHaveCount(0);
  await expect(page.locator("#called")).toHaveCount(0);
});

test("the confirmation prints with its reference and the numbers for a crisis", async ({ page }) => {
  await fillIn(page);
  await goOn(page, "Send");
  const given = await reference(page);
  await page.emulateMedia({ media: "print" });
  const shown = (await page.locator("body").innerText()).replace(/\s/g, "");
  for (const words of [given, "999", "111", "116123", "85258", "01632960555"]) expect(shown).toContain(words);
  await expect(page.getByRole("link", { name: "Leave this page quickly" })).toBeHidden();
});
