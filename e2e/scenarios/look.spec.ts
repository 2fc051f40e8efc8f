// Pages as people meet them: those rarely seen, words of another length or direction, and the pictures of the README.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { answerSafety, askForHelp, begin, fillIn } from "../support/door.ts";
import { expect, goOn, PHONE, signInAs, test } from "../support/page.ts";
import { openRecord, recordUrl } from "../support/staff.ts";

/** Where the README's pictures go; only when they are asked for, so that a test leaves the tree as it was. */
const PICTURES = process.env.E2E_SCREENSHOTS ? join(import.meta.dirname, "../../docs/screenshots") : "";

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: "disabled", caret: "hide" });
}

test("pages that no other scenario passes: questions once more, and forms that are rarely needed", async ({ browser, page }) => {
  await begin(page);
  const draft = page.url().replace(/\/safety$/, "");
  await answerSafety(page, ["very-unwell"]);
  for (const question of ["who", "safety", "danger", "call-me", "about-you", "check"]) await page.goto(`${draft}/${question}`);
  for (const path of ["/refer", "/ask"]) await page.goto(path);
  const given = await askForHelp(browser, { dangers: ["plan-or-means"], whyNow: "A-very-long-word-without-any-space-".repeat(8) });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  const record = recordUrl(page);
  for (const path of ["contact", "withdraw", "death", "duplicate"]) await page.goto(`${record}/${path}`);
  for (const path of ["/overdue", "/duty", "/account", "/account/password", "/account/factor", "/parked"]) await page.goto(path);
  await signInAs(page, "system-administrator");
  for (const path of ["/county", "/county/service", "/county/crisis", "/county/hours", "/county/rota", "/team", "/team/invite", "/teams"]) await page.goto(path);
});

for (const [tag, dir] of [["en-XA", "ltr"], ["ar-XB", "rtl"]] as const) {
  test(`pages hold words of another length and direction (${tag})`, { tag: "@once" }, async ({ context, page, baseURL }) => {
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

test("the pages a newcomer sees first", { tag: "@once" }, async ({ another, page }) => {
  await page.goto("/");
  await picture(page, "start");
  await begin(page);
  await picture(page, "question");
  await fillIn(page, { called: "Robin", whyNow: "Since I lost my job I do not sleep, and I have stopped seeing people." });
  await goOn(page, "Send");
  const given = (await page.locator("[data-reference]").getAttribute("data-reference")) ?? "";
  await picture(page, "confirmation");
  const staff = await another();
  await signInAs(staff, "senior-nurse");
  await picture(staff, "my-day");
  await staff.goto("/worklist");
  await picture(staff, "worklist");
  await openRecord(staff, given);
  await expect(staff.locator("#story")).toBeVisible();
  await picture(staff, "record");
});
