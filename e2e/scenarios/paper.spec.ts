// On paper a page keeps its words and the numbers for a crisis, and loses what only a screen can use.
import type { Page } from "@playwright/test";
import { askForHelp, fillIn, reference } from "../support/door.ts";
import { expect, goOn, signInAs, test } from "../support/page.ts";
import { openRecord, take, triage } from "../support/staff.ts";

/** What a printed page says, without any space. */
async function paper(page: Page): Promise<string> {
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("h1")).toBeVisible();
  for (const screenOnly of [".nhsuk-button", "nav", ".od-leave", ".nhsuk-back-link", ".nhsuk-skip-link", "input", ".nhsuk-footer", ".od-duty", "dialog"]) {
    await expect(page.locator(`${screenOnly}:visible`), screenOnly).toHaveCount(0);
  }
  // White words need the colour behind them, which most people do not print.
  const white = await page.locator("main a:visible, main p:visible, main h2:visible").evaluateAll((all) => all.filter((one) => getComputedStyle(one).color === "rgb(255, 255, 255)").map((one) => one.textContent));
  expect(white, "white on white").toEqual([]);
  return (await page.locator("body").innerText()).replace(/\s/g, "");
}

/** Who helps at once, wherever one reads it. */
function helps(words: string): void {
  for (const number of ["999", "111", "116123", "85258", "01632960555"]) expect(words).toContain(number);
}

test("public pages", async ({ page }) => {
  for (const path of ["/", "/crisis-help", "/privacy", "/accessibility"]) {
    await page.emulateMedia({ media: "screen" });
    await page.goto(path);
    helps(await paper(page));
  }
});

test("the confirmation, with its reference and what happens next", async ({ page }) => {
  await fillIn(page);
  await goOn(page, "Send");
  const given = await reference(page);
  const words = await paper(page);
  helps(words);
  expect(words).toContain(given);
  expect(words).toMatch(/willhavereadyourrequestby/);
});

test("the record, with everything that was said and decided", async ({ browser, page }) => {
  const given = await askForHelp(browser, { whyNow: "My mother died and I cannot stop crying." });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "D");
  const words = await paper(page);
  helps(words);
  for (const part of [given, "Robin", "MymotherdiedandIcannotstopcrying.", "Sleepisworse,aneighbourhelps.", "Nadia", "07700900123"]) expect(words).toContain(part);
});

test("the letter: its own words, the numbers, and nothing of the page around it", async ({ browser, page }) => {
  const given = await askForHelp(browser, { contact: "letter" });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await page.getByRole("link", { name: "Open the letter to print" }).first().click();
  await expect(page.getByText("Use a plain envelope")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  const letter = page.locator(".od-letter");
  await expect(letter).toContainText(given.slice(0, 4));
  for (const number of ["999", "111"]) await expect(letter).toContainText(number);
  await expect(page.getByText("Use a plain envelope")).toBeHidden();
  await expect(page.locator("nav:visible, .nhsuk-button:visible, .nhsuk-footer:visible")).toHaveCount(0);
});

test("the worklist, with who waits and since when", async ({ browser, page }) => {
  const given = await askForHelp(browser, { dangers: ["plan-or-means"] });
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist");
  const words = await paper(page);
  helps(words);
  for (const part of [given, "Flagged:readfirst", "Duenext"]) expect(words).toContain(part);
});
