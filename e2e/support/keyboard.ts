// Hands on a keyboard and no mouse: Tab until one is there, see where one is, press.
import { expect, type Locator, type Page } from "@playwright/test";

/** Where one stands after Tab must be seen: marked, in the window, and under nothing else. */
export function seen(element: Element): string {
  const marked = (part: Element | null) => {
    const style = part && getComputedStyle(part);
    return !!style && ((style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none");
  };
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const label = element instanceof HTMLInputElement ? (element.labels?.[0] ?? null) : null;
  const before = label && getComputedStyle(label, "::before").boxShadow !== "none";
  if (!marked(element) && !before && !getComputedStyle(element).backgroundColor.includes("255, 235, 59")) return "nothing marks it";
  // Of a tall field the part that is in the window counts.
  const [high, low] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  if (low - high < Math.min(24, bottom - top)) return "it is outside the window";
  const over = document.elementFromPoint(left + Math.min((right - left) / 2, 40), (high + low) / 2);
  if (!over) return "it is outside the window";
  return over === element || element.contains(over) || over.contains(element) || label?.contains(over) ? "" : `${over.outerHTML.slice(0, 120)} is over it`;
}

/** Presses Tab until one stands on a control, and on the way never loses sight of where one is. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted.first()).toBeAttached();
  for (let press = 0; press < 120; press += 1) {
    if (await wanted.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    const at = page.locator("*:focus");
    if ((await at.count()) === 0) continue;
    expect(await at.evaluate(seen), `where one stands: ${await at.evaluate((element) => element.outerHTML.slice(0, 160))}`).toBe("");
  }
  throw new Error(`the Tab key never reaches ${wanted}`);
}

/** Presses a button or a link, and waits for the page it leads to. */
export async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  const left = page.waitForEvent("framenavigated");
  await page.keyboard.press("Enter");
  await left;
  await page.waitForLoadState();
}

/** Types into a field. */
export async function type(page: Page, wanted: Locator, words: string): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.type(words);
}

/** Chooses one of several answers: Tab reaches the first, arrows the others, Space says yes. */
export async function pick(page: Page, name: string, value: string): Promise<void> {
  const all = page.locator(`input[name="${name}"]`);
  const one = page.locator(`input[name="${name}"][value="${value}"]`);
  if ((await one.getAttribute("type")) === "checkbox") {
    await tabTo(page, one);
    await page.keyboard.press("Space");
  } else {
    await tabTo(page, all);
    await page.keyboard.press("Space");
    for (let at = 0; at < (await all.count()) && !(await one.isChecked()); at += 1) await page.keyboard.press("ArrowDown");
  }
  await expect(one).toBeChecked();
}
