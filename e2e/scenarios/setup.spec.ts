// A system administrator sets up the county, and opens no record by it.
import { expect, signInAs, slipped, test } from "../support/page.ts";
import type { Page } from "@playwright/test";

async function fillDate(page: Page, day: Date): Promise<void> {
  await page.getByLabel("Day", { exact: true }).fill(String(day.getDate()));
  await page.getByLabel("Month", { exact: true }).fill(String(day.getMonth() + 1));
  await page.getByLabel("Year", { exact: true }).fill(String(day.getFullYear()));
}

test.beforeEach(async ({ page }) => {
  await signInAs(page, "system-administrator");
});

test("the checklist says what is missing, or that nothing is", async ({ page }) => {
  await page.goto("/county");
  await expect(page.getByText("Nothing is missing.")).toBeVisible();
});

test("a crisis number counts only with the day on which somebody rang it", async ({ page }) => {
  const label = `Millbrook night line ${Date.now() % 10_000}`;
  await page.goto("/county/crisis");
  await page.getByRole("button", { name: "Add a number" }).click();
  await page.getByLabel("Whose number it is").fill(label);
  await page.getByLabel("Number", { exact: true }).fill("01632 960 556");
  await page.getByLabel("When somebody answers").fill("6pm to 8am");
  await page.getByRole("button", { name: "Save" }).click();
  await slipped(page);
  await fillDate(page, new Date(Date.now() - 200 * 86_400_000));
  await page.getByRole("button", { name: "Save" }).click();
  const row = page.locator("tr", { hasText: label });
  await expect(row).toContainText("Must be rung again");
  await page.goto("/county");
  await expect(page.getByRole("link", { name: new RegExp(`Nobody has rung the number of ${label}`) })).toBeVisible();
  await page.goto("/county/crisis");
  await row.getByRole("link").click();
  await fillDate(page, new Date());
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Rung in the last 90 days");
  await row.getByRole("link").click();
  await page.getByRole("button", { name: "Remove this number" }).click();
  await expect(row).toHaveCount(0);
});

test("staffed hours are typed as people say them, and a slip keeps what was typed", async ({ page }) => {
  await page.goto("/county/hours");
  const monday = page.getByLabel("Monday");
  const before = await monday.inputValue();
  await monday.fill("nine to fife");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(monday).toHaveValue("nine to fife");
  await monday.fill(before);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It shows on every page within a few seconds.")).toBeVisible();
});

test("a turn on the rota is added and taken out again", async ({ page }) => {
  await page.goto("/county/rota");
  const later = new Date(Date.now() + 3 * 86_400_000);
  await fillDate(page, later);
  await page.getByLabel("From", { exact: true }).fill("2:15am");
  await page.getByLabel("Until", { exact: true }).fill("2:30am");
  await page.getByLabel("On duty", { exact: true }).selectOption({ label: "Tom Brindle" });
  await page.getByRole("button", { name: "Add to the rota" }).click();
  const turn = page.getByRole("button", { name: /Remove the turn of .* at 2:15am/ });
  await expect(turn).toBeVisible();
  await turn.click();
  await expect(turn).toHaveCount(0);
});

test("teams and organisations can be read and changed on one page each", async ({ page }) => {
  for (const path of ["/team", "/team/invite", "/teams", "/county/service"]) {
    await page.goto(path);
  }
});

test("a system administrator cannot give themselves a role that opens records", async ({ page }) => {
  await page.goto("/team");
  await page.getByRole("link", { name: "Kit Marlowe" }).click();
  await expect(page.getByText("Nobody changes their own roles, teams or access.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save roles and teams" })).toHaveCount(0);
  const own = new URL(page.url()).pathname;
  const answer = await page.request.post(`${own}/roles`, { form: { roles: "SPOA_SENIOR", was: "" }, headers: { origin: new URL(page.url()).origin, "sec-fetch-site": "same-origin" } });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  const worklist = await page.goto("/worklist");
  expect(worklist?.status()).toBe(403);
});
