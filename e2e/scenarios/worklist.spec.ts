// The lists of a team: going from view to view, narrowing down, giving people to a colleague, keys, paper.
import { askForHelp } from "../support/door.ts";
import { press, tabTo } from "../support/keyboard.ts";
import { expect, signInAs, test } from "../support/page.ts";
import type { Browser, Locator, Page } from "@playwright/test";

const LONG = "Maximiliana Theodora Persephone Quartermaine of the Long Meadow beyond Ashmere Bridge";

/** People whom only this scenario's list shows: they asked for something rare, and are called something nobody else is. */
async function people(browser: Browser, need: string, ...called: string[]): Promise<void> {
  for (const name of called) await askForHelp(browser, { called: name, needs: [need] });
}

function row(page: Page, called: string): Locator {
  return page.locator("main tbody tr", { hasText: called }).last();
}

async function choosePerson(page: Page, called: string): Promise<void> {
  await page.getByLabel(`Choose ${called}`, { exact: true }).last().check();
}

async function give(page: Page, to: string): Promise<void> {
  await page.getByLabel("Give to").selectOption({ label: to });
  await page.getByRole("button", { name: "Give the chosen people" }).click();
}

test("a senior goes from list to list by their names, and each says how many are there", async ({ browser, page }) => {
  await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist");
  const views = page.getByRole("navigation", { name: "Lists" });
  for (const view of ["Duty calls", "To open", "To triage", "To decide", "Handovers", "Follow-up checks", "Overdue"]) {
    await views.getByRole("link", { name: view }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(view);
    await expect(views.getByRole("link", { name: view })).toHaveAttribute("aria-current", "page");
  }
  await views.getByRole("link", { name: "To open" }).click();
  await expect(views.getByRole("link", { name: "To open" })).toContainText(/[1-9]/);
});

test("a list is narrowed down, a filter is taken away with one click, and a good one is kept under a name", async ({ browser, page }, info) => {
  const [given, other] = [`Narrow ${info.project.name}`, `Wide ${info.project.name}`];
  await people(browser, "large-print", given);
  await people(browser, "audio", other);
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist?view=screening");
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Language and format").selectOption({ label: "Large print" });
  await page.getByLabel("Who does it").first().selectOption({ label: "Nobody by name" });
  await page.getByRole("button", { name: "Apply filters" }).click();
  await expect(page).toHaveURL(/view=screening/);
  await expect(row(page, given)).toBeVisible();
  await expect(page.getByText(other)).toHaveCount(0);
  await page.locator(".moj-filter__tag", { hasText: "Nobody by name" }).click();
  await expect(page).toHaveURL(/talks=large-print/);
  await expect(page).not.toHaveURL(/who=/);
  await page.getByRole("link", { name: "Keep this filter" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.locator(".nhsuk-error-summary")).toContainText("Enter a name for the filter");
  await page.getByLabel("What do you want to call it?").fill(`Large print ${info.project.name}`);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByText("The filter is kept")).toBeVisible();
  await page.goto("/worklist");
  await page.getByRole("link", { name: `Large print ${info.project.name}` }).click();
  await expect(row(page, given)).toBeVisible();
  await page.getByRole("link", { name: "Change your filters" }).click();
  const kept = page.locator(".od-kept-list li", { hasText: `Large print ${info.project.name}` });
  await kept.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The filter is removed")).toBeVisible();
});

test("a list that nobody fits says what to do next", async ({ page }) => {
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist?view=screening&age=child&talks=deafblind");
  await expect(page.getByText("Nobody fits all of these filters.")).toBeVisible();
  await page.getByRole("link", { name: "Show this list without filters" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("To open");
});

test("two people give the same people at once: the second is told by whom, and the others are given", async ({ another, browser, page }, info) => {
  const [both, alone] = [`Both ${info.project.name}`, `Alone ${info.project.name}`];
  await people(browser, "braille", both, alone);
  const list = "/worklist?talks=braille";
  const colleague = await another();
  await signInAs(colleague, "administrator");
  await colleague.goto(list);
  await signInAs(page, "senior-nurse");
  await page.goto(list);
  await choosePerson(page, both);
  await give(page, "You");
  await expect(page.getByText("1 person given")).toBeVisible();
  await expect(row(page, both)).toContainText("You");
  await choosePerson(colleague, both);
  await choosePerson(colleague, alone);
  await give(colleague, "Tom Brindle, Senior social worker");
  await expect(colleague.getByRole("heading", { level: 1 })).toHaveText("Some people were not given");
  await expect(colleague.getByText("1 person was given to Tom Brindle.")).toBeVisible();
  await expect(row(colleague, both)).toContainText("Given to: Nadia Okonjo");
  await expect(colleague.getByText(alone)).toHaveCount(0);
  await colleague.getByRole("button", { name: "Give these to Tom Brindle too" }).click();
  await expect(row(colleague, both)).toContainText("Tom Brindle");
  await expect(row(colleague, alone)).toContainText("Tom Brindle");
});

test("who chooses nobody is told so, and the choice of to whom is kept", async ({ browser, page }, info) => {
  await people(browser, "bsl", `Chosen ${info.project.name}`);
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist?talks=bsl");
  await give(page, "You");
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole("link", { name: "Choose at least one person in the list" })).toBeVisible();
  await expect(page.getByLabel("Give to")).toHaveValue("me");
});

test("somebody works through a list with keys, and can switch them off", { tag: "@scripted" }, async ({ browser, page }, info) => {
  const names = ["First", "Second", "Third"].map((name) => `${name} ${info.project.name}`);
  await people(browser, "lip-reading", ...names);
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist?talks=lip-reading");
  const links = page.locator(".od-list tbody a");
  await page.keyboard.press("j");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("x");
  const boxes = page.locator('.od-list input[name="row"]');
  await expect(boxes.nth(1)).toBeChecked();
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await expect(boxes.nth(0)).toBeChecked();
  await page.keyboard.press("g");
  await expect(page.getByLabel("Give to")).toBeFocused();
  await page.keyboard.press("x");
  await expect(boxes.nth(0), "a key in a field is a letter").toBeChecked();
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await expect(page.locator("#who")).toBeFocused();
  await page.locator("h1").click();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toBeVisible();
  await help.getByLabel("Use shortcuts").uncheck();
  await help.getByRole("button", { name: "Close" }).click();
  await page.reload();
  await page.keyboard.press("j");
  await expect(links.nth(0)).not.toBeFocused();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await help.getByLabel("Use shortcuts").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/referrals\//);
});

test("somebody gives people to a colleague with Tab and Space alone", { tag: "@once" }, async ({ browser, page }, info) => {
  const called = `Tabbed ${info.project.name}`;
  await people(browser, "text-relay", called);
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist?talks=text-relay");
  await tabTo(page, page.getByLabel(`Choose ${called}`, { exact: true }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByLabel("Give to"));
  await page.keyboard.type("Priya");
  await press(page, page.getByRole("button", { name: "Give the chosen people" }));
  await expect(row(page, called)).toContainText("Priya Lal");
});

test("a printed list says of when it is and who printed it, and cuts nothing off", async ({ browser, page }) => {
  await people(browser, "electronic-text", LONG);
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist?talks=electronic-text");
  await expect(page.getByText("Printed by Nadia Okonjo")).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Printed by Nadia Okonjo")).toBeVisible();
  await expect(page.getByText("The list is narrowed down by filters.")).toBeVisible();
  for (const hidden of [".od-give", ".od-views", ".od-choose input", ".od-find", ".nhsuk-header__navigation"]) {
    await expect(page.locator(hidden).first()).toBeHidden();
  }
  await expect(row(page, LONG)).toBeVisible();
  const cut = await page.locator(".od-list").evaluate((list) => [...list.querySelectorAll("td, th")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
  expect(cut, "cells that are wider than their column").toBe(0);
});

test("Show new counts for the list one looks at", { tag: "@scripted" }, async ({ browser, page }) => {
  await page.clock.install();
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist?view=screening&talks=advocate");
  await people(browser, "quiet-place", "Not counted");
  await people(browser, "advocate", "Counted");
  await expect(async () => {
    await page.clock.fastForward(21_000);
    await expect(page.getByRole("button", { name: "Show 1 new" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.getByRole("button", { name: "Show 1 new" }).click();
  await expect(row(page, "Counted")).toBeVisible();
});
