// Somebody rings again: whoever takes the call finds them, checks two facts, says where it is, and asks nothing twice.
import { askForHelp, choose } from "../support/door.ts";
import { expect, goOn, signInAs, slipped, test } from "../support/page.ts";

test("somebody rings again and is told where their request is, after two facts", async ({ browser, page }) => {
  const called = `Wilhelmina ${Date.now() % 100000}`;
  const reference = await askForHelp(browser, { called });
  await signInAs(page, "administrator");
  await page.getByRole("link", { name: "Have they contacted us before?" }).click();
  await goOn(page, "Find by reference");
  await slipped(page);
  await page.getByLabel("Reference", { exact: true }).fill(`${reference.slice(0, 4)} ${reference.slice(4).toLowerCase()}`);
  await goOn(page, "Find by reference");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Is it one of these people?");
  await expect(page.getByRole("heading", { name: "Check two facts before you say anything" })).toBeVisible();
  await expect(page.getByRole("heading", { name: called })).toBeVisible();
  await expect(page.getByText("I cannot sleep")).toHaveCount(0);

  await page.getByRole("button", { name: "what to say to" }).or(page.getByRole("link", { name: "what to say to" })).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`What to say to ${called}`);
  await expect(page.getByText("We have your request. It waits to be read.")).toBeVisible();
  await expect(page.getByText("Is that still right?")).toBeVisible();
  await expect(page.getByText("I cannot sleep")).toHaveCount(0);
  await page.getByRole("button", { name: "Add what they tell me now" }).or(page.getByRole("link", { name: "Add what they tell me now" })).click();
  await expect(page).toHaveURL(/\/referrals\/[^/]+\/contact$/);
});

test("nobody is found, and what was typed begins a request that waits for no form", async ({ page }) => {
  await signInAs(page, "administrator");
  await page.goto("/enter");
  await page.getByRole("link", { name: "Have they contacted us before?" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Nobody Of That Name");
  await goOn(page, "Find by name");
  await slipped(page);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Nobody Of That Name");
  await page.getByLabel("Day").fill("29");
  await page.getByLabel("Month").fill("2");
  await page.getByLabel("Year").fill("1904");
  await goOn(page, "Find by name");
  await slipped(page);
  await page.getByLabel("Year").fill("1980");
  await goOn(page, "Find by name");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nobody was found");
  await goOn(page, "Write down a new request");
  await expect(page.getByText("What you have typed already goes into this request.")).toBeVisible();
  await choose(page, "channel", "phone");
  await goOn(page, "Save and go on");
  await page.locator(".nhsuk-back-link").click();
  await expect(page.getByText("Nobody Of That Name").first()).toBeVisible();
  await expect(page.getByText("29 February 1980")).toBeVisible();
});

test("a café host and a general practitioner cannot look through the people of the single point of access", async ({ browser, page }) => {
  const called = `Wolfram ${Date.now() % 100000}`;
  const reference = await askForHelp(browser, { called });
  await signInAs(page, "harbour-host");
  await page.goto("/enter/before");
  await page.getByLabel("Reference", { exact: true }).fill(reference);
  await goOn(page, "Find by reference");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nobody was found");
  await signInAs(page, "gp");
  const answer = await page.goto("/enter/before");
  expect(answer?.status()).toBe(403);
});
