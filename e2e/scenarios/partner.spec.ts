// Partners: a service is chosen from the directory inside the form, and a voluntary worker works through a queue of their own.
import { askForHelp, choose } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, triage } from "../support/staff.ts";

test("a senior finds a service in the directory without losing a word, and hands over to it", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await page.getByRole("button", { name: "Hand over to another service" }).click();
  await choose(page, "to", "directory");
  await page.getByLabel("Why this service?").fill("They know about letters from the council.");
  await page.getByLabel("Look in the directory (optional)").fill("debts");
  await page.getByRole("button", { name: "Look", exact: true }).click();
  const money = page.getByRole("radio", { name: "Lantern money help" });
  await expect(money).toBeVisible();
  await expect(page.getByText("01632 960 702").first()).toBeVisible();
  await expect(page.getByLabel("Why this service?")).toHaveValue("They know about letters from the council.");
  await choose(page, "consent", "agrees");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(page);
  await expect(page.getByText("Look in the directory, and choose a service").first()).toBeVisible();
  await money.check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("We look after them until the other service has met them.")).toBeVisible();
  await expect(page.getByText("Lantern money help").first()).toBeVisible();
});

test("a voluntary worker says yes from the queue and gives back what cannot go on", async ({ another, browser, page }) => {
  const given = await askForHelp(browser, { whyNow: "The letters frighten me." });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await page.getByRole("button", { name: "Hand over to another service" }).click();
  await choose(page, "to", "here");
  await page.locator('[name="team"]').selectOption({ label: "Lantern Early Help" });
  await page.getByLabel("Why this service?").fill("They know about letters from the council.");
  await choose(page, "consent", "agrees");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("We look after them until the other service has met them.")).toBeVisible();
  const partner = await another();
  await signInAs(partner, "voluntary-worker");
  // On a small phone it is folded into the menu.
  await expect(partner.locator('nav a[href="/handovers"]').first()).toBeAttached();
  await partner.goto("/handovers");
  await expect(partner.getByRole("heading", { level: 1 })).toHaveText("People we were asked to help");
  await expect(partner.getByText(`${given.slice(0, 4)} ${given.slice(4)}`).first()).toBeVisible();
  await partner.goto(recordUrl(page));
  await partner.getByRole("button", { name: "The service takes them" }).click();
  await partner.getByLabel("Who gets in touch with the person?").fill("Asha");
  await partner.getByLabel("What happens next").fill("Asha rings you on Thursday.");
  await partner.getByRole("button", { name: "Save", exact: true }).click();
  await partner.goto("/handovers?show=taken");
  await expect(partner.getByText(`${given.slice(0, 4)} ${given.slice(4)}`).first()).toBeVisible();
  await partner.goto(recordUrl(page));
  await partner.getByRole("link", { name: "The service cannot take them" }).or(partner.getByRole("button", { name: "The service cannot take them" })).first().click();
  await choose(partner, "reason", "cannot-go-on");
  await partner.getByLabel("In words").fill("Asha left, and nobody else knows debt.");
  await partner.getByRole("button", { name: "Save", exact: true }).click();
  await page.goto(recordUrl(page));
  await expect(page.getByText("It had said yes, and cannot go on").first()).toBeVisible();
});
