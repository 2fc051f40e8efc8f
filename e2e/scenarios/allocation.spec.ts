// Who is there for a person: taken, named with a reason against a wish, covered while away, counted.
import type { Page } from "@playwright/test";
import { askForHelp } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, triage } from "../support/staff.ts";

/** A senior has decided that the team in the north takes the person. */
async function takenOn(page: Page, given: Parameters<typeof openRecord>[1]): Promise<void> {
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "E");
  await page.getByRole("button", { name: "Accept" }).click();
  await page.locator('[name="team"]').selectOption({ label: "North Ashmere Community Team" });
  await page.locator('[name="contact-name"]').fill("Robin");
  await page.locator('[name="next-step"]').fill("Robin rings you.");
  const soon = new Date(Date.now() + 7 * 24 * 3600 * 1000);
  await page.locator('[name="next-on[day]"]').fill(String(soon.getDate()));
  await page.locator('[name="next-on[month]"]').fill(String(soon.getMonth() + 1));
  await page.locator('[name="next-on[year]"]').fill(String(soon.getFullYear()));
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(page.locator("#care")).toBeVisible();
}

test("a worker takes a person from the queue, and the record says who is there for them", async ({ another, browser, page }) => {
  const given = await askForHelp(browser);
  await takenOn(page, given);
  const worker = await another();
  await signInAs(worker, "key-worker");
  await worker.goto("/waiting");
  await expect(worker.getByRole("heading", { level: 1 })).toHaveText("Waiting for a key worker");
  await worker.goto(`${recordUrl(page)}/allocate`);
  await expect(worker.locator('[name="key-worker"]')).toHaveCount(1);
  await worker.getByRole("button", { name: "Save", exact: true }).click();
  await expect(worker.locator("#care ~ dl").first()).toContainText("Marcus Webb");
  await worker.goto("/my-day");
  await expect(worker.locator("#people")).toBeVisible();
});

test("somebody who is away is named only with a reason, and whoever covers sees it", async ({ another, browser, page }) => {
  const given = await askForHelp(browser);
  await takenOn(page, given);
  const manager = await another();
  await signInAs(manager, "team-manager");
  await manager.goto(`${recordUrl(page)}/allocate`);
  await manager.getByLabel("Joseph Mensah, Community nurse").check();
  await manager.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(manager);
  await manager.getByLabel("Why this one?").fill("He knows the family, and Marcus covers until he is back.");
  await manager.getByRole("button", { name: "Save", exact: true }).click();
  await expect(manager.locator("#facts ~ dl")).toContainText("Joseph Mensah");
  const cover = await another();
  await signInAs(cover, "key-worker");
  await expect(cover.getByRole("heading", { name: /For Joseph Mensah, who is away until/ })).toBeVisible();
  await cover.getByRole("link", { name: "Everything that waits for Joseph Mensah" }).click();
  await expect(cover.getByRole("heading", { level: 1 })).toContainText("For Joseph Mensah, who is away until");
  const shown = `${given.slice(0, 4)} ${given.slice(4)}`;
  await expect(cover.locator('section[aria-labelledby="people"]').getByText(shown).first()).toBeVisible();
  await expect(cover.locator('section[aria-labelledby="tasks"]').getByText(shown).first()).toBeVisible();
  const path = new URL(cover.url()).pathname;
  await signInAs(cover, "peer-worker");
  expect((await cover.goto(path))?.status(), "nobody who does not cover opens it").toBe(404);
});

test("a manager reads who works in the team and how full it is", async ({ page }) => {
  await signInAs(page, "team-manager");
  await page.goto("/workers");
  await page.getByRole("link", { name: "North Ashmere Community Team" }).click();
  await page.getByRole("link", { name: "Anya Kowalska" }).click();
  await expect(page.getByText("Works under a supervisor")).toBeVisible();
  await page.getByRole("link", { name: "Change what is written here" }).click();
  await page.getByLabel("Can be there for so many people").fill("many");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(page);
  await page.getByLabel("Can be there for so many people").fill("9");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await page.goto("/capacity");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How full the teams are");
  await expect(page.getByText("Free places").first()).toBeVisible();
});
