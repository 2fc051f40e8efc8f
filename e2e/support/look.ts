// Looks at every page somebody passes, before anything is done on it: a scenario need not ask for it.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Browser, type Page } from "@playwright/test";
import { otherwise } from "./fits.ts";

/** The one published pattern axe objects to: `aria-expanded` on a radio that shows more questions. */
const KNOWN = new Set(["aria-allowed-attr"]);

/** What a page is made of, and what is wrong with it that needs no long look. Runs in the browser. */
function plainly(): { wrong: string[]; madeOf: string } {
  const wrong: string[] = [];
  const be = (right: boolean, words: string) => void (right || wrong.push(words));
  const plain = (words: string | null | undefined) => (words ?? "").replace(/\s+/g, " ").trim();
  const root = document.documentElement;
  const headings = document.querySelectorAll("h1");
  const isError = document.querySelector(".nhsuk-error-summary") !== null;
  const [, error, name] = /^(Error: )?(.+) – .+$/.exec(plain(document.title)) ?? [];
  be(/^(en|ar)/.test(root.lang), `lang is "${root.lang}"`);
  be(headings.length === 1, `${headings.length} main headings`);
  be(name !== undefined, `the title "${document.title}" has no name of page and service`);
  be(plain(headings[0]?.textContent).includes(name ?? "–"), `the title "${document.title}" is not the heading "${plain(headings[0]?.textContent)}"`);
  be(isError === (error !== undefined), `the title "${document.title}" and the error summary do not agree`);
  be(root.scrollWidth <= root.clientWidth, `${root.scrollWidth - root.clientWidth} px to scroll sideways`);
  be(/\b111\b/.test(document.body.textContent ?? ""), "no number for a crisis");
  const first = document.querySelector<HTMLElement>("a[href], button, input:not([type=hidden]), select, textarea");
  const skip = first instanceof HTMLAnchorElement ? first.getAttribute("href") : null;
  be(skip !== null && /^#./.test(skip) && document.querySelector(`main ${skip}`) !== null, "the first stop is no link to the content");
  // Recorded when the page had just loaded, see `arrived`; absent without JavaScript, where nothing moves the focus.
  const focus = root.dataset.focusAtFirst;
  if (focus !== undefined) {
    const wanted = isError ? /nhsuk-error-summary/ : /^(BODY|HTML)|role=alert/;
    be(wanted.test(focus), `a new reader starts at ${focus}`);
  }
  const parts = [...document.querySelectorAll("body *")].map((part) => `${part.tagName}.${[...part.classList].sort().join(".")}${part.getAttribute("role") ?? ""}`);
  return { wrong, madeOf: [document.title.replace(/\d/g, ""), ...new Set(parts)].sort().join(" ") };
}

/** Notes where the focus is when a page has just loaded. */
function arrived(): void {
  addEventListener("load", () => {
    const at = document.activeElement ?? document.body;
    const role = at.getAttribute("role");
    document.documentElement.dataset.focusAtFirst = `${at.tagName}.${at.className}${role ? ` role=${role}` : ""}`;
  });
}

/** True for the first who asks with these words in this run, whichever worker it is. */
function isFirst(words: string): boolean {
  const folder = join(process.env.E2E_DATA ?? ".", "looked-at");
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, createHash("sha256").update(words).digest("hex")), "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

async function violations(page: Page): Promise<string[]> {
  // Our pages have no frames: without them the check needs no second page and is done sooner.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
  const found = (await axe.analyze()).violations;
  const unknown = found.filter(({ id, nodes }) => !(KNOWN.has(id) && nodes.every((node) => node.html.includes('type="radio"'))));
  return unknown.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
}

/** The pages of one scenario, and what was wrong with any of them. */
export class Lookout {
  readonly #browser: Browser;
  readonly #scripted: boolean;
  readonly #wrong: string[] = [];
  readonly #pages = new Set<Page>();

  constructor(browser: Browser, scripted: boolean) {
    this.#browser = browser;
    this.#scripted = scripted;
  }

  /** From now on no page is left without a look. */
  async follow(page: Page): Promise<Page> {
    this.#pages.add(page);
    await page.addInitScript(arrived);
    page.on("pageerror", (error) => this.#wrong.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      // A browser reports an answer such as "422" or "403" as if it were a fault; a missing style or script is one.
      const answered = message.text().startsWith("Failed to load resource") && !message.location().url.includes("/assets/");
      if (message.type() === "error" && !answered) this.#wrong.push(`${page.url()}: ${message.text()}`);
    });
    // Called before the first thing done or expected on a page, and not again while the page stands.
    await page.addLocatorHandler(page.locator("html:not([data-looked])"), () => this.look(page), { noWaitAfter: true });
    const goto = page.goto.bind(page);
    page.goto = async (...to) => {
      await this.look(page);
      const answer = await goto(...to);
      await this.look(page);
      return answer;
    };
    return page;
  }

  /** Looks at the pages where the scenario ended, and says all that was wrong. */
  async end(): Promise<void> {
    for (const page of this.#pages) if (!page.isClosed()) await this.look(page);
    expect(this.#wrong, "what is wrong with the pages on the way").toEqual([]);
  }

  /** Looks at a page that was not looked at yet. Pages of others, and one left quickly, are not ours to judge. */
  async look(page: Page): Promise<void> {
    const address = page.url();
    if (!address.startsWith("http://127.0.0.1")) return;
    await page.waitForLoadState();
    const isSeen = await page.evaluate(() => {
      const root = document.documentElement;
      return root.hidden || root.dataset.looked !== undefined || ((root.dataset.looked = ""), false);
    });
    if (isSeen) return;
    const { wrong, madeOf } = await page.evaluate(plainly);
    const wide = page.viewportSize()?.width;
    if (isFirst(`${wide} ${this.#scripted} ${madeOf}`)) wrong.push(...(await this.#deeply(page)));
    this.#wrong.push(...wrong.map((each) => `${address} at ${wide} px: ${each}`));
  }

  /** The accessibility check needs JavaScript: a page without is looked at as it stands, through another window. */
  async #deeply(page: Page): Promise<string[]> {
    if (this.#scripted) return [...(await violations(page)), ...(await otherwise(page))];
    const html = (await page.content()).replace(/<script\b[^>]*><\/script>|<\/?noscript>/g, "");
    const context = await this.#browser.newContext({ javaScriptEnabled: true, viewport: page.viewportSize() });
    const window = await context.newPage();
    const address = page.url();
    await window.route(address, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await window.goto(address);
    const found = await violations(window);
    await context.close();
    return found;
  }
}
