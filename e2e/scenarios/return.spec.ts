// Somebody leaves a form, and comes back to it: by a code, by five words, or not at all on a computer that others use.
import type { Page } from "@playwright/test";
import { answerSafety, begin } from "../support/door.ts";
import { press, type } from "../support/keyboard.ts";
import { expect, goOn, slipped, test } from "../support/page.ts";

/** The first questions, with a name. */
async function halfWay(page: Page, called: string): Promise<void> {
  await begin(page);
  await answerSafety(page);
  await page.getByLabel("What should we call you?").fill(called);
}

/** The code as a demonstration shows it, where nothing is sent. */
async function code(page: Page): Promise<string> {
  const shown = await page.getByText("Demonstration: no code is sent.").innerText();
  return /\d{3} \d{3}/.exec(shown)?.[0] ?? "";
}

/** The five words as the page shows them, once it is there. */
async function phrase(page: Page): Promise<string[]> {
  const words = page.locator(".od-phrase li");
  await expect(words).toHaveCount(5);
  return words.allInnerTexts();
}

/** An address of its own for each run: to one address there are three codes an hour. */
function address(): string {
  return `someone.${Date.now()}.${Math.floor(Math.random() * 1e6)}@person.example`;
}

test("a person saves with a code and goes on in another browser where they stopped", async ({ page, another }) => {
  await halfWay(page, "Rowan");
  await goOn(page, "Save and come back later");
  await expect(page.getByText(/We keep what you typed until/).first()).toBeVisible();
  const to = address();
  await page.getByLabel("Your email address or mobile number").fill(to);
  await goOn(page, "Send me a code");
  await page.getByLabel("The 6 numbers of the code").fill(await code(page));
  await goOn(page);
  await expect(page.getByText("You can now come back with a code.")).toBeVisible();
  const elsewhere = await another();
  await elsewhere.goto("/");
  await elsewhere.getByRole("link", { name: "Come back to a form you saved" }).click();
  await elsewhere.getByLabel("Your email address or mobile number").fill(to);
  await goOn(elsewhere, "Send me a code");
  await elsewhere.getByLabel("The 6 numbers of the code").fill(await code(elsewhere));
  await goOn(elsewhere);
  await expect(elsewhere).toHaveURL(/\/contact$/);
  await elsewhere.goto(elsewhere.url().replace("/contact", "/name"));
  await expect(elsewhere.getByLabel("What should we call you?")).toHaveValue("Rowan");
  const old = await page.goto(elsewhere.url());
  expect(old?.status(), "the first browser has lost it").toBe(404);
});

test("a person without a phone or an email comes back with five words", async ({ page, another }) => {
  await halfWay(page, "Ash");
  await goOn(page, "Save and come back later");
  await goOn(page, "Show me a return phrase");
  const words = await phrase(page);
  await page.getByRole("button", { name: "Go on with the form" }).click();
  await expect(page).toHaveURL(/\/contact$/);
  const elsewhere = await another();
  await elsewhere.goto("/return");
  await elsewhere.getByLabel("The 5 words").fill(words.join(", ").toUpperCase());
  await goOn(elsewhere, "Find my form");
  await expect(elsewhere).toHaveURL(/\/contact$/);
});

test("a slip in a code or a phrase says what to do and keeps the words", async ({ page }) => {
  await page.goto("/return");
  await page.getByLabel("The 5 words").fill("acorn abbey actor");
  await goOn(page, "Find my form");
  await slipped(page);
  await expect(page.getByLabel("The 5 words")).toHaveValue("acorn abbey actor");
  await page.getByLabel("The 5 words").fill("acorn abbey actor badger bakery");
  await goOn(page, "Find my form");
  await slipped(page);
  await expect(page.getByText("We cannot find a form with these words.").first()).toBeVisible();
  await page.getByLabel("Your email address or mobile number").fill("someone@person");
  await goOn(page, "Send me a code");
  await slipped(page);
  await expect(page.getByLabel("Your email address or mobile number")).toHaveValue("someone@person");
  await page.getByLabel("Your email address or mobile number").fill(address());
  await goOn(page, "Send me a code");
  await page.getByLabel("The 6 numbers of the code").fill((await code(page)) === "000 000" ? "000 001" : "000 000");
  await goOn(page);
  await slipped(page);
});

test("on a shared computer the form ends without a trace, and going back shows nothing", async ({ page }) => {
  await halfWay(page, "Nobody may see this");
  await goOn(page);
  // Going back before the next question is there would only call the way there off.
  await expect(page).toHaveURL(/\/contact$/);
  const form = page.url();
  await page.goBack();
  await expect(page.getByLabel("What should we call you?")).toHaveValue("Nobody may see this");
  await goOn(page, "Save and come back later");
  await page.getByRole("link", { name: "I am on a shared computer: end here" }).click();
  await expect(page.getByText("we remove what you typed at once")).toBeVisible();
  await goOn(page, "Remove what I typed and end here");
  await expect(page.getByText("What you typed has been removed.")).toBeVisible();
  for (const back of [1, 2, 3]) {
    await page.goBack();
    await expect(page.locator("body"), `${back} back`).not.toContainText("Nobody may see this");
    await expect(page.locator("#called")).toHaveCount(0);
  }
  const again = await page.goto(form);
  expect(again?.status()).toBe(404);
});

test("a form that stays saved says so before it ends here", async ({ page, another }) => {
  await halfWay(page, "Lark");
  await goOn(page, "Save and come back later");
  await goOn(page, "Show me a return phrase");
  const words = await phrase(page);
  await page.getByRole("link", { name: "I am on a shared computer: end here" }).click();
  await expect(page.getByText("What you typed stays saved.")).toBeVisible();
  await goOn(page, "End here");
  await expect(page.getByText("What you typed is still saved.")).toBeVisible();
  const home = await another();
  await home.goto("/return");
  await home.getByLabel("The 5 words").fill(words.join(" "));
  await goOn(home, "Find my form");
  await expect(home).toHaveURL(/\/contact$/);
});

test("saving and coming back need no mouse", { tag: "@once" }, async ({ page, another }) => {
  const button = (on: Page, name: string) => on.locator("main").getByRole("button", { name });
  await halfWay(page, "Wren");
  await press(page, button(page, "Save and come back later"));
  await press(page, button(page, "Show me a return phrase"));
  const words = await phrase(page);
  const home = await another();
  await home.goto("/return");
  await type(home, home.getByLabel("The 5 words"), words.join(" "));
  await press(home, button(home, "Find my form"));
  await expect(home).toHaveURL(/\/contact$/);
});
