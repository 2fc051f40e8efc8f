// Find help near you: anybody looks in the directory, on a telephone, without an account.
import { expect, test } from "../support/page.ts";

test("somebody finds help with debts without telling anybody who they are", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Find help near you" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Find help near you");
  await page.getByLabel("What would help? (optional)").fill("debts");
  await page.getByLabel("Where? (optional)").fill("AM1");
  await page.getByRole("button", { name: "Find help" }).click();
  await expect(page.getByRole("heading", { name: "Lantern money help" })).toBeVisible();
  await expect(page.getByRole("link", { name: "01632 960 702" })).toHaveAttribute("href", "tel:01632960702");
  await expect(page.getByText(/in a straight line/).first()).toBeVisible();
  await page.getByLabel("What would help? (optional)").fill("trombone");
  await page.getByRole("button", { name: "Find help" }).click();
  await expect(page.getByText("We found nothing for all of that.")).toBeVisible();
  await page.getByRole("link", { name: "Ask us for help" }).click();
  await expect(page).toHaveURL(/\/ask/);
});
