// Partners and their agreements: without one nobody new is offered, its end is seen in time, and a partner has its own words.
import type { Browser, Page } from "@playwright/test";
import { askForHelp, choose } from "../support/door.ts";
import { expect, goOn, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, take, triage } from "../support/staff.ts";

/** A partner of its own for each run, with a team: what happens to its agreement is nobody else's. */
async function newPartner(page: Page): Promise<{ org: string; team: string }> {
  const name = `Invented Garden ${Math.random().toString(36).slice(2, 8)}`;
  await signInAs(page, "system-administrator");
  await page.goto("/organisations/new");
  await page.getByLabel("Name").fill(name);
  await choose(page, "kind", "voluntary");
  await goOn(page, "Save");
  await page.goto("/teams/new");
  await page.getByLabel("Name").fill(`${name} team`);
  await page.locator('[name="org"]').selectOption({ label: name });
  await goOn(page, "Save");
  return { org: name, team: `${name} team` };
}

async function date(page: Page, name: string, days: number): Promise<void> {
  const day = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  await page.locator(`[name="${name}[day]"]`).fill(`${day.getDate()}`);
  await page.locator(`[name="${name}[month]"]`).fill(`${day.getMonth() + 1}`);
  await page.locator(`[name="${name}[year]"]`).fill(`${day.getFullYear()}`);
}

async function writeDown(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Write down an agreement" }).click();
  await page.getByRole("button", { name: "Save the agreement" }).click();
  await slipped(page);
  await page.getByLabel("What work it takes").fill("Gardening in company.");
  await page.getByLabel("What its people may see").fill("What the person told us, and how to reach them.");
  await date(page, "from", -1);
  await date(page, "until", 300);
  await date(page, "review", 200);
  await page.getByLabel("Who read it before it was signed").fill("Dr Amir Sandhu");
  await page.getByLabel("Who signed for the county").fill("Ruth Levene");
  await page.getByLabel("What they are there").fill("Service manager");
  await page.getByLabel("Who signed for the partner").fill("Wren Halloran");
  await page.getByLabel("What they are at the partner").fill("Director");
  await page.locator('[name="owner"]').selectOption({ label: "South Ashmere Community Team" });
  await page.getByRole("button", { name: "Save the agreement" }).click();
  await expect(page.getByText("The agreement is saved.")).toBeVisible();
}

async function triaged(page: Page, browser: Browser): Promise<void> {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await page.getByRole("button", { name: "Hand over to another service" }).click();
}

// seed: 65
test("a new partner can be asked once its agreement is written down, and no more when it has ended", async ({ another, browser, page }) => {
  const { org, team } = await newPartner(page);
  const manager = await another();
  await signInAs(manager, "service-manager");
  await manager.goto("/agreements");
  await expect(manager.getByRole("row", { name: org })).toContainText("None in force");
  await manager.getByRole("link", { name: org }).click();
  await expect(manager.getByText("No agreement was written down yet.")).toBeVisible();

  await triaged(page, browser);
  const form = page.url();
  await choose(page, "to", "here");
  await expect(page.getByText(`${team}`).first()).toBeVisible();
  await expect(page.locator('[name="team"] option', { hasText: team })).toHaveCount(0);

  await writeDown(manager);
  await expect(manager.getByText("An agreement is in force.")).toBeVisible();
  await page.goto(form);
  await choose(page, "to", "here");
  await expect(page.locator('[name="team"] option', { hasText: team })).toHaveCount(1);
  await page.locator('[name="team"]').selectOption({ label: team });
  await page.getByLabel("Why this service?").fill("She likes to be outside.");
  await choose(page, "consent", "agrees");

  // It ends while the form is open.
  await manager.getByRole("button", { name: "End this agreement" }).click();
  await manager.getByRole("button", { name: "End this agreement" }).click();
  await slipped(manager);
  await manager.getByLabel("Why does it end?").fill("The garden is sold.");
  await manager.getByRole("button", { name: "End this agreement" }).click();
  await expect(manager.getByText("The garden is sold.")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(page);
  await expect(page.getByText("No agreement with this partner is in force").first()).toBeVisible();
  await expect(page.getByLabel("Why this service?")).toHaveValue("She likes to be outside.");
});

test("the team that renews an agreement and the partner see in time that it ends", async ({ another, page }) => {
  await signInAs(page, "service-manager");
  await expect(page.getByRole("heading", { name: "Agreements to renew" })).toBeVisible();
  await page.getByRole("link", { name: /Lantern Community Support: the agreement ends on/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Agreements with Lantern Community Support");
  const partner = await another();
  await signInAs(partner, "voluntary-worker");
  await partner.goto("/handovers");
  await expect(partner.getByRole("heading", { name: "Your agreement ends soon" })).toBeVisible();
  await partner.getByRole("link", { name: "Your agreement and your words" }).click();
  await expect(partner.getByText("Wren Halloran, Director of Lantern Community Support")).toBeVisible();
});

/** Saves words; where somebody of the same organisation was faster, looks again and saves once more. */
async function setWords(page: Page, one: string, several: string): Promise<void> {
  await expect(async () => {
    await page.goto("/our-agreement");
    await page.getByLabel("What do you call one of the people you help?").fill(one);
    await page.getByLabel("And several of them?").fill(several);
    await page.getByRole("button", { name: "Save your words" }).click();
    await expect(page.getByText("Your words are saved.")).toBeVisible({ timeout: 3000 });
  }).toPass();
}

test("a partner sets its own words and takes them back, and a colleague who was slower reads both", async ({ another, page }) => {
  await signInAs(page, "harbour-host");
  await page.goto("/our-agreement");
  await page.getByLabel("What do you call one of the people you help?").fill("guest");
  await page.getByLabel("And several of them?").fill("");
  await page.getByRole("button", { name: "Save your words" }).click();
  await slipped(page);
  const colleague = await another();
  await signInAs(colleague, "orchard-host");
  await colleague.goto("/our-agreement");
  await setWords(page, `guest ${Math.random().toString(36).slice(2, 8)}`, "Guests");
  await colleague.getByLabel("What do you call one of the people you help?").fill("friend");
  await colleague.getByLabel("And several of them?").fill("friends");
  await colleague.getByRole("button", { name: "Save your words" }).click();
  await expect(colleague.getByText("Changed by").first()).toBeVisible();
  await expect(colleague.getByText("Sam Pennock").first()).toBeVisible();
  await expect(colleague.locator(".od-kept")).toContainText("friends");
  await setWords(page, "", "");
});
