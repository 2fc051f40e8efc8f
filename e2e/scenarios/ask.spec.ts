// A person asks for help for themselves.
import type { Page } from "@playwright/test";
import { answerSafety, begin, choose, fillIn, reference } from "../support/door.ts";
import { expect, goOn, PHONE, slipped, test } from "../support/page.ts";

/** What leaving quickly answers, followed to a page about the weather that is made up here: tests reach no other computer. */
async function weather(page: Page): Promise<void> {
  await page.route("**/leave", async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    expect(answer.headers()["location"]).toMatch(/^https:\/\/.*weather/);
    await route.fulfill({ response: answer, status: 200, contentType: "text/html", body: "<html data-looked><title>weather</title>weather" });
  });
}

test("a person asks for help and gets a reference", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Ask for help" }).click();
  await fillIn(page);
  await expect(page.getByText("Nobody watches a form that has not been sent.")).toBeVisible();
  await goOn(page, "Send");
  await reference(page);
});

test.describe("without JavaScript on a small phone", { tag: "@once" }, () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test("leaving quickly is an ordinary link that forgets the form", async ({ page }) => {
    await weather(page);
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
  await slipped(page);
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

test("leaving quickly replaces the page, and going back shows nothing of it", { tag: "@scripted" }, async ({ page }) => {
  await weather(page);
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

test("somebody who cannot go on sends what they told, and is only asked how to reach them", async ({ page }) => {
  await begin(page);
  await choose(page, "danger", "none");
  await goOn(page, /Send what I have told you/);
  await page.getByLabel("What should we call you?").fill("Ash");
  await goOn(page, "Send");
  await choose(page, "contact", "in-person");
  await page.getByLabel("Where can we find you?").fill("The day centre on Weir Lane, at lunch.");
  await goOn(page, "Send");
  await reference(page);
  await expect(page.getByText("We look for you where you said we can find you.")).toBeVisible();
});
