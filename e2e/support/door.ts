// Walks through the public door as a person does, so that every test has a request of its own.
import { type Browser, expect, type Page } from "@playwright/test";
import { goOn } from "./page.ts";

/** What a person answers; everything left out is answered in the shortest way. */
export interface Asked {
  called?: string;
  whyNow?: string;
  dangers?: string[];
  contact?: keyof typeof REACH;
  sayNhs?: boolean;
  tellGp?: boolean;
}

/** Chooses one answer of a question. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.locator(`input[name="${name}"][value="${value}"]`).check();
}

/** From the first page to the question about danger. */
export async function begin(page: Page): Promise<void> {
  await page.goto("/ask");
  await choose(page, "who", "me");
  await goOn(page);
  await expect(page).toHaveURL(/\/safety$/);
}

/** Answers the question about danger, and says one can keep safe for now where that is asked. */
export async function answerSafety(page: Page, dangers: string[] = []): Promise<void> {
  for (const danger of dangers.length > 0 ? dangers : ["none"]) await choose(page, "danger", danger);
  await goOn(page);
  if (dangers.length > 0) await goOn(page, /keep myself safe/);
  await expect(page).toHaveURL(/\/age$/);
  await goOn(page);
  await expect(page).toHaveURL(/\/name$/);
}

const REACH = {
  call: ["call-phone", "07700 900123"],
  text: ["text-phone", "07700 900124"],
  email: ["email", "someone@person.example"],
  letter: ["address", "1 Station Road\nMillbrook"],
  "in-person": ["place", "The library on Mill Street, mornings. Ask for Robin."],
} as const;

/** One safe way to reach the person. */
export async function answerContact(page: Page, way: keyof typeof REACH = "call", sayNhs = false): Promise<void> {
  await choose(page, "contact", way);
  const [field, value] = REACH[way];
  await page.locator(`[name="${field}"]`).fill(value);
  await choose(page, "say-nhs", sayNhs ? "yes" : "no");
  await goOn(page);
  await expect(page).toHaveURL(/\/why-now$/);
}

/** The pages that can be left empty, in order. */
export const OPTIONAL = ["help", "needs", "caring", "practical", "before", "about-you"];

/** All answers up to "Check your answers". */
export async function fillIn(page: Page, asked: Asked = {}): Promise<void> {
  await begin(page);
  await answerSafety(page, asked.dangers);
  await page.getByLabel("What should we call you?").fill(asked.called ?? "Robin");
  await goOn(page);
  await answerContact(page, asked.contact, asked.sayNhs);
  await page.locator('[name="why-now"]').fill(asked.whyNow ?? "I cannot sleep and everything is too much.");
  await goOn(page);
  await choose(page, "tell-gp", asked.tellGp ? "yes" : "no");
  await goOn(page);
  for (const optional of OPTIONAL) {
    await expect(page).toHaveURL(new RegExp(`/${optional}$`));
    await goOn(page);
  }
  await expect(page).toHaveURL(/\/check$/);
}

/** The reference on the confirmation. */
export async function reference(page: Page): Promise<string> {
  await expect(page).toHaveURL(/\/sent$/);
  const shown = await page.locator("[data-reference]").getAttribute("data-reference");
  expect(shown).toMatch(/^[0-9A-Z]{4} ?[0-9A-Z]{4}$/);
  return (shown ?? "").replace(" ", "");
}

/** Somebody asks for help in a browser of their own. */
export async function askForHelp(browser: Browser, asked: Asked = {}): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await fillIn(page, asked);
  await goOn(page, "Send");
  const given = await reference(page);
  await context.close();
  return given;
}
