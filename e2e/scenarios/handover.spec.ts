// Nobody is bounced: another service takes a person warmly, or cannot and they are back in the list; after two, a panel.
import type { Page } from "@playwright/test";
import { askForHelp, choose } from "../support/door.ts";
import { press, type } from "../support/keyboard.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, tellByPhone, triage } from "../support/staff.ts";

const PARTNER = "Lantern Early Help";

/** The choice of a team here, with the person's agreement. */
async function handOverHere(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Hand over to another service" }).click();
  await choose(page, "to", "here");
  await page.locator('[name="team"]').selectOption({ label: PARTNER });
  await page.getByLabel("Why this service?").fill("They know about letters from the council.");
  await choose(page, "consent", "agrees");
  await choose(page, "wish", "three-way-call");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("We look after them until the other service has met them.")).toBeVisible();
}

/** The choice of a service without accounts. */
async function handOverOutside(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Hand over to another service" }).click();
  await choose(page, "to", "outside");
  await page.getByLabel("Name of the service").fill("Invented Debt Advice");
  await page.getByLabel("Phone number").fill("01632 960 700");
  await page.getByLabel("Why this service?").fill("Debt weighs most.");
  await choose(page, "consent", "agrees");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("We look after them until the other service has met them.")).toBeVisible();
}

async function cannot(page: Page, who?: string): Promise<void> {
  await page.getByRole("button", { name: "The service cannot take them" }).click();
  await choose(page, "reason", "capacity");
  await page.getByLabel("In words").fill("Nobody free before June.");
  if (who) await page.getByLabel("Who answered for the service?").fill(who);
  await page.getByRole("button", { name: "Save", exact: true }).click();
}

test("a voluntary partner takes a person over, meets them, and only then do we let go", async ({ another, browser, page }) => {
  const given = await askForHelp(browser, { whyNow: "The letters frighten me." });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await handOverHere(page);
  await expect(page.locator("#facts ~ dl")).toContainText("Being handed over");
  const partner = await another();
  await signInAs(partner, "voluntary-worker");
  await expect(partner.getByText("Say whether they can be taken over").first()).toBeVisible();
  await partner.goto(recordUrl(page));
  await expect(partner.getByText("The letters frighten me.").first()).toBeVisible();
  await expect(partner.getByText("They know about letters from the council.").first()).toBeVisible();
  await partner.getByRole("button", { name: "The service takes them" }).click();
  await partner.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(partner);
  await partner.getByLabel("Who gets in touch with the person?").fill("Asha");
  await partner.getByLabel("What happens next").fill("Asha rings you on Thursday.");
  await partner.getByRole("button", { name: "Save", exact: true }).click();
  await expect(partner.getByText("We look after them until they have met.")).toBeVisible();
  await partner.getByRole("button", { name: "They have met" }).click();
  await choose(partner, "mode", "face-to-face");
  await partner.locator('[name="next"]').fill("We see each other every Thursday.");
  await partner.getByRole("button", { name: "Save", exact: true }).click();
  await expect(partner.getByText("They have met. Check the messages below")).toBeVisible();
  await page.goto(recordUrl(page));
  await expect(page.locator("#decision ~ dl")).toContainText("Another service has met them");
});

test("two services cannot, and a panel names the team that holds the person", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await handOverOutside(page);
  await cannot(page);
  await slipped(page);
  await expect(page.getByLabel("In words")).toHaveValue("Nobody free before June.");
  await page.getByLabel("Who answered for the service?").fill("Jo Park, duty adviser");
  const said = await page.getByLabel("At what time did you speak?").inputValue();
  await page.getByLabel("At what time did you speak?").fill("25:00");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(page);
  await page.getByLabel("At what time did you speak?").fill(said);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("They are back in the list of the single point of access.")).toBeVisible();
  await handOverOutside(page);
  await cannot(page, "Kim Sato, manager");
  await expect(page.getByRole("button", { name: "Record what the panel decided" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Hand over to another service" })).toHaveCount(0);
  await page.getByRole("button", { name: "Record what the panel decided" }).click();
  await page.getByLabel("Panel: the lead of the single point of access").fill("Nadia Okonjo");
  await page.getByLabel("Panel: the service manager").fill("nadia okonjo");
  await page.locator('[name="team"]').selectOption({ label: "North Ashmere Community Team" });
  await page.getByLabel("Who to ask for").fill("Marcus Webb");
  await page.getByLabel("What happens next").fill("Marcus rings you to agree a first meeting.");
  await page.getByLabel("Day").fill("31");
  await page.getByLabel("Month").fill("12");
  await page.getByLabel("Year").fill(String(new Date().getFullYear() + 1));
  await page.getByRole("button", { name: "Save what the panel decided" }).click();
  await slipped(page);
  await expect(page.getByText("A panel is at least two people.").first()).toBeVisible();
  await page.getByLabel("Panel: the service manager").fill("Ruth Levene");
  await page.getByRole("button", { name: "Save what the panel decided" }).click();
  await expect(page.getByText("The team holds them from now on")).toBeVisible();
  await expect(page.locator("#decision ~ dl")).toContainText("Ruth Levene");
});

test("handing over needs no mouse", { tag: "@once" }, async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await handOverOutside(page);
  const button = (name: string) => page.locator("main").getByRole("button", { name, exact: true });
  await press(page, button("The service takes them"));
  await type(page, page.getByLabel("Who answered for the service?"), "Jo Park, duty adviser");
  await type(page, page.getByLabel("Who gets in touch with the person?"), "Asha");
  await type(page, page.getByLabel("What happens next"), "Asha rings you on Thursday.");
  await press(page, button("Save"));
  await expect(page.getByText("We look after them until they have met.")).toBeVisible();
});

test("a message introduces them, and counts once somebody has told the person", async ({ another, browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await handOverHere(page);
  const partner = await another();
  await signInAs(partner, "voluntary-worker");
  await partner.goto(recordUrl(page));
  await partner.getByRole("button", { name: "The service takes them" }).click();
  await partner.getByLabel("Who gets in touch with the person?").fill("Asha");
  await partner.getByLabel("What happens next").fill("Asha rings you on Thursday.");
  await partner.getByRole("button", { name: "Save", exact: true }).click();
  await expect(partner.getByText("We look after them until they have met.")).toBeVisible();

  await page.goto(recordUrl(page));
  await page.getByRole("button", { name: "Record how they were introduced" }).click();
  await expect(page.getByText("We write to the person now")).toBeVisible();
  await choose(page, "how", "named-message");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("A message counts when the person has it.")).toBeVisible();
  await partner.goto(recordUrl(page));
  await expect(partner.getByText("Introduced: they have not met")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "I have told them by phone" }).first()).toBeVisible();
  await tellByPhone(page);
  await partner.goto(recordUrl(page));
  await expect(partner.getByText("Introduced: they have not met").first()).toBeVisible();
});
