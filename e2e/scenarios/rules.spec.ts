// The rules for what may help: written, tested, tried on the last 90 days, signed off by somebody else, brought back.
import type { Page } from "@playwright/test";
import { expect, signInAs, slipped, test } from "../support/page.ts";

/** A draft of this scenario's own: whatever another scenario left is thrown away first. */
async function beginDraft(page: Page): Promise<void> {
  await page.goto("/rules");
  const drop = page.getByText("Throw the draft away", { exact: true }).first();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  if ((await page.getByRole("button", { name: "Begin a draft" }).count()) === 0) {
    await drop.click();
    await page.getByRole("button", { name: "Throw the draft away" }).click();
    await expect(page.getByText("The draft is gone.")).toBeVisible();
  }
  await page.getByRole("button", { name: "Begin a draft" }).click();
  await expect(page.getByText("The draft has begun.")).toBeVisible();
}

async function tick(page: Page, name: string, value: string): Promise<void> {
  const box = page.locator(`[name="${name}"][value="${value}"]`);
  await expect(box).toHaveCount(1);
  const details = page.locator("details", { has: box });
  if (!(await details.evaluate((it) => (it as HTMLDetailsElement).open))) await details.locator("summary").click();
  await box.check();
}

async function writeRule(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Add a rule" }).click();
  await page.getByLabel("What is offered").fill(name);
  await page.getByLabel("Whom it helps").fill("People who are not eligible elsewhere.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await slipped(page);
  await expect(page.getByText(/turn people away/).first()).toBeVisible();
  await page.getByLabel("Whom it helps").fill("People who lie awake and worry.");
  await tick(page, "all", "routine");
  await page.getByLabel("What can be offered").fill("Six evenings in a group");
  await page.locator('[name="teams"][value="voluntary"]').check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
}

async function writeCase(page: Page, name: string): Promise<void> {
  await expect(page.getByText(`${name}: No test case expects this rule`)).toBeVisible();
  await page.getByRole("link", { name: "Add a test case" }).click();
  await page.getByLabel("What it shows").fill("Days without a plan");
  await tick(page, "yes", "routine");
  await page.getByLabel(name).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
}

/** Waits for the worker, as a person would: by looking again. */
async function tried(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Try it on the last 90 days" }).click();
  await expect(page.getByText("It is being tried.")).toBeVisible();
  await expect(async () => {
    await page.goto("/rules");
    await expect(page.getByText(/Requests looked at:/)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

test("a rule is written, tried on the last 90 days, and signed off by somebody who did not write it", async ({ another, page }) => {
  await signInAs(page, "content-editor");
  await beginDraft(page);
  const name = `A group for the night ${String(Date.now())}`;
  await writeRule(page, name);
  await writeCase(page, name);
  await tried(page);
  await expect(page.getByRole("table").first()).toContainText("The same");
  await page.getByRole("button", { name: "Hand in to be signed off" }).click();
  await expect(page.getByText("Handed in. Somebody else signs it off.")).toBeVisible();
  const manager = await another();
  await signInAs(manager, "service-manager");
  await manager.goto("/rules");
  await manager.getByRole("link", { name: "Sign off or give back" }).click();
  await expect(manager.getByText(`New: ${name}`)).toBeVisible();
  await manager.getByRole("button", { name: "Sign off: use it from now on" }).click();
  await slipped(manager);
  await manager.getByLabel("What did you look at, and with whom?").fill("Read it with the peer group.");
  await manager.getByRole("button", { name: "Sign off: use it from now on" }).click();
  await expect(manager.getByText("Signed off. It suggests from now on.")).toBeVisible();
  await manager.getByRole("link", { name: "Edition 0, as it came with the software" }).click();
  await manager.getByLabel("Why does it come back?").fill("Only a trial.");
  await manager.getByRole("button", { name: "Bring it back now" }).click();
  await expect(manager.getByText("The edition is back in force.")).toBeVisible();
});

test("two editors at once: the second is told, and loses no word", async ({ another, page }) => {
  await signInAs(page, "content-editor");
  await beginDraft(page);
  const second = await another();
  await signInAs(second, "content-editor");
  await second.goto("/rules/draft/memory");
  await second.getByLabel("Whom it helps").fill("People who forget the way home.");
  await page.getByRole("button", { name: /^Move up: Memory/ }).click();
  await expect(page.getByText("Moved.")).toBeVisible();
  await second.getByRole("button", { name: "Save", exact: true }).click();
  await expect(second.getByText("People who forget the way home.")).toBeVisible();
  await expect(second.getByText(/Draft changed/).first()).toBeVisible();
});

test("how often suggestions were followed is shown as counts and names nobody", async ({ page }) => {
  await signInAs(page, "team-manager");
  await page.goto("/rules/use");
  await expect(page.getByRole("heading", { level: 1, name: "How often suggestions were followed" })).toBeVisible();
  await expect(page.getByText(/Small counts are not shown/)).toBeVisible();
});
