// Whether a page fits a window, a sheet and the colours of the system, whoever reads it.
import { expect, type Page } from "@playwright/test";
import { PHONE, WIDE } from "./sizes.ts";

/** What does not fit: a page to scroll sideways, words cut off by their own box. */
export function unfit(): string[] {
  const root = document.documentElement;
  const wrong = root.scrollWidth > root.clientWidth ? [`${root.scrollWidth - root.clientWidth} px to scroll sideways`] : [];
  // What is clipped away with all that is in it, such as the heads of a table that became cards, is for screen readers.
  const clipped = (part: Element | null): boolean => part !== null && (getComputedStyle(part).clipPath !== "none" || clipped(part.parentElement));
  for (const part of document.querySelectorAll<HTMLElement>("main *, footer *, .od-crisis *, .od-words *, header *")) {
    const style = getComputedStyle(part);
    const isHidden = part.closest("[hidden], .nhsuk-u-visually-hidden, .nhsuk-skip-link, svg, dialog") !== null || part.offsetParent === null;
    if (isHidden || clipped(part)) continue;
    const cuts = style.overflowX === "hidden" || style.overflowX === "clip";
    if (cuts && part.textContent?.trim() && part.scrollWidth > part.clientWidth + 1) wrong.push(`cut off: ${part.outerHTML.slice(0, 100)}`);
    const { left, right } = part.getBoundingClientRect();
    if (part.childElementCount === 0 && right - left > 0 && (left < -1 || right > innerWidth + 1)) wrong.push(`outside the window: ${part.outerHTML.slice(0, 100)}`);
  }
  return wrong;
}

export async function fits(page: Page, what: string): Promise<void> {
  expect(await page.evaluate(unfit), `${page.url()} ${what}`).toEqual([]);
}

/** What one can press or fill in and could not see without colours. Runs in the browser. */
export function flat(): string[] {
  const all = document.querySelectorAll("main .nhsuk-button, main .nhsuk-input, main .nhsuk-textarea, main .nhsuk-select, .od-sign, .od-leave__button");
  const bare = (one: Element) => {
    const style = getComputedStyle(one);
    const edge = style.borderTopStyle !== "none" && Number.parseFloat(style.borderTopWidth) > 0;
    const shown = one.getClientRects().length > 0;
    return shown && !edge && style.outlineStyle === "none" && style.textDecorationLine === "none" && one.tagName !== "svg";
  };
  return [...all].filter(bare).map((one) => `no edge without colours: ${one.outerHTML.slice(0, 100)}`);
}

/** The page as others meet it: enlarged four times, from right to left, in the colours of the system, on paper. It is left as
 * it was found. */
export async function otherwise(page: Page): Promise<string[]> {
  const special = await page.evaluate(() => matchMedia("print").matches || matchMedia("(forced-colors: active)").matches);
  if (special || page.viewportSize()?.width !== WIDE.width) return [];
  const wrong: string[] = [];
  const note = async (what: string, look: () => string[]) => {
    // The menu folds a moment after the window changed, on a busy machine a long one.
    let found = await page.evaluate(look);
    for (let tries = 0; found.length > 0 && tries < 15; tries += 1) {
      await page.waitForTimeout(200);
      found = await page.evaluate(look);
    }
    wrong.push(...found.map((each) => `${what}: ${each}`));
  };
  const turn = (dir: string) => page.evaluate((to) => document.documentElement.setAttribute("dir", to), dir);
  const was = await page.evaluate(() => document.documentElement.dir);
  // 1280 px enlarged four times are 320 px of width and a fourth of the height.
  await page.setViewportSize({ width: PHONE.width, height: 256 });
  await note("at 400 %", unfit);
  await turn("rtl");
  await note("from right to left at 320 px", unfit);
  await page.setViewportSize(WIDE);
  await note("from right to left", unfit);
  await turn(was);
  await page.emulateMedia({ forcedColors: "active" });
  await note("in the colours of the system", flat);
  await page.emulateMedia({ forcedColors: null, media: "print" });
  await page.setViewportSize({ width: 700, height: 990 });
  await note("on paper", unfit);
  await page.emulateMedia({ media: null });
  await page.setViewportSize(WIDE);
  return wrong;
}
