// Every public page as different people meet it: enlarged four times, in the colours of the system, on paper, with names
// that do not fit, from right to left; and what a first and a second visit weigh.
import type { Page } from "@playwright/test";
import { fillIn } from "../support/door.ts";
import { fits, flat } from "../support/fits.ts";
import { seen } from "../support/keyboard.ts";
import { expect, goOn, PHONE, test, WIDE } from "../support/page.ts";

const PAGES = ["/", "/ask", "/crisis-help", "/privacy", "/accessibility", "/help", "/help/what-happens", "/help/families", "/help/myths", "/help/wellbeing", "/help/staying-safe", "/no-such-page"];
const QUESTIONS = ["who", "safety", "danger", "call-me", "age", "name", "contact", "why-now", "permissions", "help", "needs", "caring", "practical", "before", "about-you", "files", "check"];
const LONG = `${"Maximiliane-Anastasia ".repeat(4)}${"Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft".slice(0, 60)}`;

/** The address of a form that is filled in, with names that do not fit. */
async function filled(page: Page): Promise<string> {
  await fillIn(page, { called: LONG, whyNow: `${"no-space-".repeat(12)} ${LONG}` });
  return page.url().replace(/\/check$/, "");
}

test("every page at 320 pixels, enlarged four times, with names that do not fit", { tag: "@once" }, async ({ page }) => {
  const draft = await filled(page);
  await page.setViewportSize(PHONE);
  for (const path of [...PAGES, ...QUESTIONS.map((question) => `${draft}/${question}`)]) {
    await page.goto(path);
    await fits(page, "at 320 px");
    // 1280 px enlarged four times are 320 px of width and a fourth of the height.
    await page.setViewportSize({ width: 320, height: 256 });
    await fits(page, "at 400 %");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.locator("*:focus").evaluate(seen), `${path}: where one stands`).toBe("");
    await page.setViewportSize(PHONE);
  }
  await page.goto(`${draft}/check`);
  await goOn(page, "Send");
  await fits(page, "at 320 px");
});

test("every page from right to left and with longer words, on a phone and on an office screen", { tag: "@once" }, async ({ baseURL, context, page }) => {
  // Some sixty pages, each on two screens: three times the time of other scenarios.
  test.slow();
  const draft = await filled(page);
  for (const [tag, dir] of [["ar-XB", "rtl"], ["en-XA", "ltr"]] as const) {
    await context.addCookies([{ name: "lang", value: tag, url: baseURL ?? "" }]);
    for (const path of [...PAGES, ...QUESTIONS.map((question) => `${draft}/${question}`)]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("dir", dir);
      for (const size of [PHONE, WIDE]) {
        await page.setViewportSize(size);
        await fits(page, `${tag} at ${size.width} px`);
      }
      // What begins on the left in English begins on the right here.
      expect(await page.locator("main").evaluate((main) => getComputedStyle(main).direction)).toBe(dir);
    }
  }
});

test("every page in the colours of the system: what one can press is seen", { tag: "@once" }, async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const draft = await filled(page);
  for (const path of [...PAGES, ...QUESTIONS.map((question) => `${draft}/${question}`)]) {
    await page.goto(path);
    expect(await page.evaluate(flat), `${path}: no edge without colours`).toEqual([]);
    await fits(page, "in the colours of the system");
  }
});

test("every page on paper keeps its heading and the numbers, and nothing runs off the sheet", { tag: "@once" }, async ({ page }) => {
  const draft = await filled(page);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 700, height: 990 });
  for (const path of [...PAGES, `${draft}/check`]) {
    await page.goto(path);
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator(".nhsuk-button:visible, .od-words:visible, .od-leave:visible")).toHaveCount(0);
    expect(await page.locator("body").innerText()).toContain("116 123");
    await fits(page, "on paper");
  }
});

test("a first visit weighs at most 80 kB and a second at most 15 kB", { tag: "@once" }, async ({ browser }) => {
  for (const path of ["/", "/ask", "/crisis-help", "/help/families"]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    let bytes = 0;
    wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const visit = async () => {
      bytes = 0;
      await page.goto(path, { waitUntil: "networkidle" });
      return bytes / 1000;
    };
    const first = await visit();
    const second = await visit();
    console.log(`${path}: first visit ${first.toFixed(1)} kB, second ${second.toFixed(1)} kB`);
    expect(first, `${path} at first`).toBeLessThanOrEqual(80);
    expect(second, `${path} again`).toBeLessThanOrEqual(15);
    await context.close();
  }
});
