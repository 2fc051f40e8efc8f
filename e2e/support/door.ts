// Walks through the public door as a person does, so that every test has a request of its own.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { goOn } from "./page.ts";

/** What a person answers; everything left out is answered in the shortest way. */
export interface Asked {
  called?: string;
  whyNow?: string;
  dangers?: string[];
  contact?: keyof typeof REACH;
  sayNhs?: boolean;
  tellGp?: boolean;
  /** Their full name, and the day they were born: day, month, year. */
  fullName?: string;
  born?: [string, string, string];
  needs?: string[];
  practice?: string;
  /** Another address than everybody's. */
  email?: string;
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

/** Somebody asks for help out of sight of the test: the same forms, sent without waiting for any page to be drawn. */
export async function askForHelp(browser: Browser, asked: Asked = {}): Promise<string> {
  const context = await browser.newContext();
  const origin = test.info().project.use.baseURL ?? "";
  const first = await (await context.request.get("/ask")).text();
  const draft = /name="draft" value="([^"]+)"/.exec(first)?.[1] ?? "";
  const post = async (path: string, ...answers: [string, string][]) => {
    const sent = await context.request.post(path, {
      data: new URLSearchParams(answers).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin, "sec-fetch-site": "same-origin" },
    });
    expect(sent.status(), `${path} is answered: ${await sent.text()}`).toBe(200);
    return sent;
  };
  const way = asked.contact ?? "call";
  const dangers = asked.dangers ?? [];
  await post("/ask", ["draft", draft], ["who", "me"]);
  const at = `/ask/${draft}`;
  await post(`${at}/safety`, ...(dangers.length > 0 ? dangers : ["none"]).map((danger): [string, string] => ["danger", danger]));
  if (dangers.length > 0) await post(`${at}/safe-for-now`);
  await post(`${at}/name`, ["called", asked.called ?? "Robin"]);
  await post(`${at}/contact`, ["contact", way], asked.email ? ["email", asked.email] : [...REACH[way]], ["say-nhs", asked.sayNhs ? "yes" : "no"]);
  await post(`${at}/why-now`, ["why-now", asked.whyNow ?? "I cannot sleep and everything is too much."]);
  if (asked.needs) await post(`${at}/needs`, ...asked.needs.map((need): [string, string] => ["needs", need]));
  const [day, month, year] = asked.born ?? ["", "", ""];
  const born: [string, string][] = [["born-on[day]", day], ["born-on[month]", month], ["born-on[year]", year]];
  await post(`${at}/about-you`, ["full-name", asked.fullName ?? ""], ["gp-practice", asked.practice ?? ""], ...born);
  await post(`${at}/permissions`, ["tell-gp", asked.tellGp ? "yes" : "no"]);
  const sent = await post(`${at}/send`);
  expect(sent.url()).toMatch(/\/sent$/);
  const given = /data-reference="([^"]+)"/.exec(await sent.text())?.[1] ?? "";
  await context.close();
  expect(given).toMatch(/^[0-9A-Z]{4} ?[0-9A-Z]{4}$/);
  return given.replace(" ", "");
}
