// Somebody is in danger: help now comes first, and one named person has the call.
import { begin, choose, fillIn, reference } from "../support/door.ts";
import { expect, goOn, signInAs, slipped, test } from "../support/page.ts";

// seed: 127
test("an answer that tells of danger shows where help is now before anything else is asked", async ({ page }) => {
  await begin(page);
  await choose(page, "danger", "ending-life");
  await goOn(page);
  await expect(page).toHaveURL(/\/danger$/);
  await expect(page.getByRole("heading", { level: 1, name: "Please get help now" })).toBeVisible();
  for (const words of ["999", "111", "01632 960 555"]) await expect(page.locator("[data-emergency]")).toContainText(words);
  await expect(page.getByText("Nobody watches a form that has not been sent.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Call me" })).toBeVisible();
  await expect(page.getByRole("button", { name: /keep myself safe/ })).toBeVisible();
  // In the order of how soon they help: 999, a call, other numbers, going on.
  const order = await page.locator("[data-emergency]").getByRole("heading").or(page.locator("[data-emergency]").getByRole("button")).allInnerTexts();
  expect(order.map((words) => /999|Call me|111|keep myself safe/.exec(words)?.[0]).filter(Boolean)).toEqual(["999", "Call me", "111", "keep myself safe"]);
});

// seed: 127
test("every public page shows the numbers for a crisis", async ({ page }) => {
  for (const path of ["/", "/ask", "/crisis-help", "/privacy", "/accessibility", "/no-such-page"]) {
    await page.goto(path);
    for (const words of ["999", "116 123", "85258"]) await expect(page.locator("body")).toContainText(words);
  }
});

test("call me needs a number and a name, and one person takes the call by name", async ({ another, page }) => {
  const called = `Ash${Date.now() % 100_000}`;
  await begin(page);
  await choose(page, "danger", "not-safe-from");
  await goOn(page);
  await goOn(page, "Call me");
  await goOn(page, /call me/i);
  await slipped(page);
  await page.locator("#called").fill(called);
  await page.locator("#phone").fill("07700 900125");
  await goOn(page, /call me/i);
  await reference(page);
  await expect(page.getByText(/rings you by/)).toBeVisible();

  const duty = await another();
  await signInAs(duty, "senior-nurse");
  await duty.goto("/account");
  await duty.getByRole("link", { name: /need.* a duty call now/ }).click();
  const card = duty.locator(".nhsuk-card", { hasText: called });
  await expect(card).toContainText("07700 900 125");

  const late = await another();
  await signInAs(late, "crisis-nurse");
  await late.goto("/duty");
  await card.getByRole("button", { name: "I have this call" }).click();
  await expect(duty.getByText("You have this call. Reach them now")).toBeVisible();

  await late.locator(".nhsuk-card", { hasText: called }).getByRole("button", { name: "I have this call" }).click();
  await expect(late.getByRole("heading", { level: 1 })).toHaveText("Somebody else has this call");
  await expect(late.getByText(/Nadia Okonjo took it/)).toBeVisible();
  await late.getByRole("link", { name: "Open the record" }).click();
  await expect(late.locator("#facts ~ dl")).toContainText("Nadia Okonjo");
  await late.goto("/duty");
  await expect(late.locator(".nhsuk-card", { hasText: called })).toHaveCount(0);
});

test("a person who can keep safe for now goes on, and is reminded of a call before sending", async ({ page }) => {
  await fillIn(page, { dangers: ["very-unwell"], contact: "letter" });
  await expect(page.getByRole("heading", { name: "You told us that you may not be safe" })).toBeVisible();
  await expect(page.getByText("You chose a letter, which takes several days.")).toBeVisible();
  await goOn(page, "Send");
  await expect(page.getByText(/gets in touch with you by/)).toBeVisible();
});

test("who chose a letter and is in danger can still be called after sending, and the duty person sees the number", async ({ another, page }) => {
  const called = `Wren${Date.now() % 100_000}`;
  await fillIn(page, { called, contact: "letter", dangers: ["ending-life"] });
  await goOn(page, /^send/i);
  await reference(page);
  await expect(page.getByText("You chose a letter, which takes several days.")).toBeVisible();
  await goOn(page, "Call me");
  await expect(page).toHaveURL(/\/call-me$/);
  await goOn(page, /call me/i);
  await slipped(page);
  await page.locator("#phone").fill("07700 900126 (mum)");
  await goOn(page, /call me/i);
  await slipped(page);
  await expect(page.getByText("Leave out “mum”").first()).toBeVisible();
  await page.locator("#phone").fill("07700 900126");
  await goOn(page, /call me/i);
  await reference(page);
  await expect(page.getByText(/You asked us to call you/)).toBeVisible();
  await expect(page.getByText(/rings you by/)).toBeVisible();

  const duty = await another();
  await signInAs(duty, "crisis-nurse");
  await duty.goto("/duty");
  await expect(duty.locator(".nhsuk-card", { hasText: called })).toContainText("07700 900 126");
});
