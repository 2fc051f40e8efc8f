// Every page as people meet it: a small phone, a wide screen, no JavaScript, paper, and words of another length or direction.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { answerSafety, askForHelp, begin, fillIn } from "../support/door.ts";
import { expect, goOn, lookAt, lookPlainly, PHONE, signInAs, test } from "../support/page.ts";
import { openRecord, recordUrl } from "../support/staff.ts";

const PUBLIC = ["/", "/ask", "/crisis-help", "/privacy", "/accessibility", "/sign-in", "/ask/someone-else"];
const QUESTIONS = ["who", "safety", "danger", "call-me", "age", "name", "contact", "why-now", "permissions", "help", "needs", "caring", "practical", "before", "about-you", "check"];
const WIDE = { width: 1280, height: 900 };

/** Where the README's pictures go; only when they are asked for, so that a test leaves the tree as it was. */
const PICTURES = process.env.E2E_SCREENSHOTS ? join(import.meta.dirname, "../../docs/screenshots") : "";

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: "disabled", caret: "hide" });
}

/** Looks at each page of the public door, with a request of its own. */
async function lookAtDoor(page: Page, look: typeof lookAt): Promise<void> {
  for (const path of PUBLIC) {
    await page.goto(path);
    await look(page);
  }
  await fillIn(page);
  await goOn(page, "Send");
  await look(page);
  await begin(page);
  const draft = page.url().replace(/\/safety$/, "");
  await answerSafety(page, ["very-unwell"]);
  for (const question of QUESTIONS) {
    await page.goto(`${draft}/${question}`);
    await look(page);
  }
}

async function open(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  return (await browser.newContext(options)).newPage();
}

test("public pages on a small phone", async ({ browser }) => {
  await lookAtDoor(await open(browser, { viewport: PHONE }), lookAt);
});

test("public pages on a wide screen without JavaScript", async ({ browser }) => {
  await lookAtDoor(await open(browser, { viewport: WIDE, javaScriptEnabled: false }), lookPlainly);
});

for (const [where, options, look] of [
  ["on a small phone", { viewport: PHONE }, lookAt],
  ["on a wide screen without JavaScript", { viewport: WIDE, javaScriptEnabled: false }, lookPlainly],
] as const) {
  test(`staff pages ${where}`, async ({ browser }) => {
    const given = await askForHelp(browser, { dangers: ["plan-or-means"], whyNow: "A-very-long-word-without-any-space-".repeat(8) });
    const page = await open(browser, options);
    await signInAs(page, "senior-nurse");
    await openRecord(page, given);
    await look(page);
    const record = recordUrl(page);
    for (const path of ["/worklist", "/overdue", "/duty", "/find", "/account", "/parked", `${record}/triage`, `${record}/contact`, `${record}/withdraw`, `${record}/death`]) {
      await page.goto(path);
      await look(page);
    }
  });
}

test("on paper a page keeps its words and the numbers, and loses its buttons", async ({ page }) => {
  await page.emulateMedia({ media: "print" });
  for (const path of ["/", "/crisis-help", "/privacy"]) {
    await page.goto(path);
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.getByText("116 123").first()).toBeVisible();
    await expect(page.locator(".nhsuk-button:visible")).toHaveCount(0);
  }
});

for (const [tag, dir] of [["en-XA", "ltr"], ["ar-XB", "rtl"]] as const) {
  test(`pages hold words of another length and direction (${tag})`, async ({ context, page, baseURL }) => {
    await context.addCookies([{ name: "lang", value: tag, url: baseURL ?? "" }]);
    await page.setViewportSize(PHONE);
    for (const path of ["/", "/ask", "/crisis-help", "/privacy", "/sign-in", "/demo"]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("dir", dir);
      expect(await page.content()).not.toContain("⟦");
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    }
    await page.locator('form[action="/demo/senior-nurse"] button').click();
    for (const path of ["/my-day", "/worklist", "/duty"]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("dir", dir);
      expect(await page.content()).not.toContain("⟦");
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    }
  });
}

test("the pages a newcomer sees first", async ({ browser, page }) => {
  await page.goto("/");
  await picture(page, "start");
  await begin(page);
  await picture(page, "question");
  await fillIn(page, { called: "Robin", whyNow: "Since I lost my job I do not sleep, and I have stopped seeing people." });
  await goOn(page, "Send");
  const given = (await page.locator("[data-reference]").getAttribute("data-reference")) ?? "";
  await picture(page, "confirmation");
  const staff = await open(browser, { viewport: WIDE });
  await signInAs(staff, "senior-nurse");
  await lookAt(staff);
  await picture(staff, "my-day");
  await staff.goto("/worklist");
  await picture(staff, "worklist");
  await openRecord(staff, given);
  await expect(staff.locator("#story")).toBeVisible();
  await picture(staff, "record");
});
