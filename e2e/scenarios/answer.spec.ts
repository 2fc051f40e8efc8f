// A service without an account takes a person over by its one-time link, from the first look to having met.
import type { Page } from "@playwright/test";
import { askForHelp, choose } from "../support/door.ts";
import { press, tabTo, type } from "../support/keyboard.ts";
import { linkTo } from "../support/mail.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, triage } from "../support/staff.ts";

/** An address of its own for each run: the spool is one for all. */
function address(): string {
  return `desk-${Math.random().toString(36).slice(2, 10)}@debt.example`;
}

/** Somebody asks for help, and a service outside is asked by e-mail. */
async function askOutside(page: Page, given: string, to: string): Promise<void> {
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "F");
  await page.getByRole("button", { name: "Hand over to another service" }).click();
  await choose(page, "to", "outside");
  await page.getByLabel("Name of the service").fill("Invented Debt Advice");
  await page.getByLabel("Email address (optional)").fill(to);
  await page.getByLabel("Why this service?").fill("They know about letters from the council.");
  await choose(page, "consent", "agrees");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("We look after them until the other service has met them.")).toBeVisible();
}

/** Says who reads. */
async function sayWho(page: Page): Promise<void> {
  await page.getByLabel("Your name").fill("Jo Park");
  await page.getByLabel("What you do there").fill("Duty adviser");
  await page.getByLabel("I work for Invented Debt Advice and I may answer for it").check();
  await page.getByRole("button", { name: "Go on" }).click();
}

test("a service without an account takes a person, meets them, and nobody had to ring", async ({ another, browser, page }) => {
  const to = address();
  const given = await askForHelp(browser, { whyNow: "The letters frighten me." });
  await askOutside(page, given, to);
  const jo = await another();
  await jo.goto(await linkTo(to, /http:\/\/[^\s]*\/answer\/answer\/[0-9a-f-]+\/[0-9a-f]{64}/));
  await expect(jo.getByText("Before we show you anything about the person")).toBeVisible();
  await expect(jo.getByText("The letters frighten me.")).toHaveCount(0);
  await jo.getByRole("button", { name: "Go on" }).click();
  await slipped(jo);
  await sayWho(jo);
  await expect(jo.getByText("The letters frighten me.").first()).toBeVisible();
  await expect(jo.getByText("They know about letters from the council.").first()).toBeVisible();
  await jo.getByRole("button", { name: "Send" }).click();
  await slipped(jo);
  await choose(jo, "take", "yes");
  await jo.getByLabel("Who gets in touch with the person?").fill("Asha");
  await jo.getByLabel("How do you get in touch, and what happens then?").fill("Asha rings you on Thursday.");
  await jo.getByRole("button", { name: "Send" }).click();
  await expect(jo.getByText("The person is told who gets in touch.")).toBeVisible();
  await page.goto(recordUrl(page));
  await expect(page.getByText("Takes them: they have not met").first()).toBeVisible();
  await jo.goto(await linkTo(to, /http:\/\/[^\s]*\/answer\/carry\/[0-9a-f-]+\/[0-9a-f]{64}/));
  await sayWho(jo);
  await choose(jo, "take", "met");
  await jo.locator('[name="mode"]').selectOption({ index: 1 });
  await jo.getByLabel("What happens next?").fill("We see each other every Thursday.");
  await jo.getByRole("button", { name: "Send" }).click();
  await expect(jo.getByText("The person is yours from now on.")).toBeVisible();
  await page.goto(recordUrl(page));
  await expect(page.locator("#decision ~ dl")).toContainText("Another service has met them");
});

test("a service that cannot says why, and its link shows nothing any more", async ({ another, browser, page }) => {
  const to = address();
  const given = await askForHelp(browser, { whyNow: "The letters frighten me." });
  await askOutside(page, given, to);
  const link = await linkTo(to, /http:\/\/[^\s]*\/answer\/answer\/[0-9a-f-]+\/[0-9a-f]{64}/);
  const jo = await another();
  await jo.goto(link);
  await sayWho(jo);
  await choose(jo, "take", "no");
  await jo.locator('[name="reason"]').selectOption({ label: "No room soon enough" });
  await jo.getByLabel("In your words").fill("Nobody free before June.");
  await jo.getByRole("button", { name: "Send" }).click();
  await expect(jo.getByText("We look after the person and find somebody else.")).toBeVisible();
  await jo.goto(link);
  await expect(jo.getByText(/Jo Park answered on/)).toBeVisible();
  await expect(jo.getByText("The letters frighten me.")).toHaveCount(0);
  await page.goto(recordUrl(page));
  await expect(page.getByRole("button", { name: "Hand over to another service" })).toBeVisible();
});

test("answering by link needs no mouse", { tag: "@once" }, async ({ another, browser, page }) => {
  const to = address();
  const given = await askForHelp(browser);
  await askOutside(page, given, to);
  const jo = await another();
  await jo.goto(await linkTo(to, /http:\/\/[^\s]*\/answer\/answer\/[0-9a-f-]+\/[0-9a-f]{64}/));
  await type(jo, jo.getByLabel("Your name"), "Jo Park");
  await type(jo, jo.getByLabel("What you do there"), "Duty adviser");
  await tabTo(jo, jo.getByLabel("I work for Invented Debt Advice and I may answer for it"));
  await jo.keyboard.press("Space");
  await press(jo, jo.locator("main").getByRole("button", { name: "Go on" }));
  await expect(jo.getByRole("heading", { name: "Your answer" })).toBeVisible();
});
