// No mouse, no touch: everything can be done with Tab, arrows, Space and Enter, and one always sees where one is.
import { askForHelp, fillIn, OPTIONAL, reference } from "../support/door.ts";
import { pick, press, tabTo, type } from "../support/keyboard.ts";
import { expect, test } from "../support/page.ts";

test("a person asks for help with the keyboard alone and gets a reference and dates", async ({ page }) => {
  await page.goto("/");
  const on = page.locator("main form button").first();
  await press(page, page.locator('main a[href="/ask"]'));
  await pick(page, "who", "me");
  await press(page, on);
  await pick(page, "danger", "none");
  await press(page, on);
  await press(page, on);
  await type(page, page.getByLabel("What should we call you?"), "Sky");
  await press(page, on);
  await pick(page, "contact", "call");
  await type(page, page.locator("#call-phone"), "07700 900123");
  await pick(page, "say-nhs", "no");
  await press(page, on);
  await type(page, page.locator("#why-now"), "I have not slept for a week.");
  await press(page, on);
  await pick(page, "tell-gp", "no");
  await press(page, on);
  for (const optional of OPTIONAL) {
    await expect(page).toHaveURL(new RegExp(`/${optional}$`));
    await press(page, on);
  }
  await press(page, page.locator('form[action$="/send"] button'));
  await reference(page);
  await expect(page.getByText(/will have read your request by/)).toBeVisible();
});

test("the first stop on a page leads past the menu to its content", async ({ page }) => {
  await page.goto("/sign-in");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Work e-mail address")).toBeFocused();
});

test("a senior reads, decides how soon and finds a team with the keyboard alone", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  const button = (name: string | RegExp) => page.locator("main").getByRole("button", { name });
  await page.goto("/demo");
  await press(page, page.locator('form[action="/demo/senior-nurse"] button'));
  await type(page, page.getByLabel("Reference"), given);
  await press(page, button("Find"));
  await press(page, button("Open it: I am reading this"));
  await press(page, button(/^Decide how soon/));
  await pick(page, "category", "D");
  await type(page, page.getByLabel("Why this soon?"), "Sleep is worse, a neighbour helps.");
  await type(page, page.getByLabel("What do we understand about safety?"), "Feels safe at home.");
  await pick(page, "children", "none");
  await press(page, button("Save how soon"));
  await expect(page.getByText("Saved. Next: decide where help is.")).toBeVisible();
  await press(page, button("A team accepts"));
  await tabTo(page, page.getByLabel("Team"));
  await page.keyboard.type("North");
  await type(page, page.getByLabel("Who to ask for"), "Marcus Webb");
  await type(page, page.getByLabel("What happens next"), "Marcus rings you to agree a first meeting.");
  await type(page, page.getByLabel("Day"), "31");
  await type(page, page.getByLabel("Month"), "12");
  await type(page, page.getByLabel("Year"), String(new Date().getFullYear() + 1));
  await press(page, button("Accept"));
  await expect(page.getByText("Accepted. The team has a task to name a key worker")).toBeVisible();
  await expect(page.locator("#decision ~ dl")).toContainText("North Ashmere Community Team");
});

test("somebody at a telephone writes a request down with the keyboard alone, after looking whether they asked before", async ({ page }) => {
  const main = page.locator("main");
  await page.goto("/demo");
  await press(page, page.locator('form[action="/demo/administrator"] button'));
  await press(page, main.getByRole("link", { name: "Have they contacted us before?" }));
  await type(page, page.locator('main [name="phone"]'), "07700 900999");
  await press(page, main.getByRole("button", { name: "Find by number" }));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("/enter");
  await type(page, page.getByLabel("Number to call back on"), "07700 900456");
  await pick(page, "safe-to-ring", "yes");
  await pick(page, "channel", "phone");
  const on = main.getByRole("button", { name: "Save and go on" });
  await press(page, on);
  await pick(page, "danger", "none");
  await press(page, on);
  await press(page, page.locator(".nhsuk-back-link"));
  await press(page, main.getByRole("button", { name: "Finish and hand it over" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is handed over");
});

test("a person keeps a return phrase, follows their request and adds something with the keyboard alone", async ({ page }) => {
  const main = page.locator("main");
  await fillIn(page);
  await press(page, page.locator('form[action$="/send"] button'));
  const given = await reference(page);
  await press(page, main.getByRole("button", { name: "Keep a return phrase" }));
  const phrase = await page.locator("[data-phrase]").innerText();
  await page.goto("/track");
  await type(page, page.getByLabel("Your reference"), given);
  await type(page, page.getByLabel("Your return phrase"), phrase.trim());
  await press(page, main.getByRole("button", { name: "Show my request" }));
  await press(page, main.getByRole("link", { name: "Add something" }));
  await type(page, page.locator("main textarea"), "The nights are the worst.");
  await press(page, main.getByRole("button").first());
  await expect(page.getByText("The nights are the worst.").or(page.getByText("We have added it")).first()).toBeVisible();
});
