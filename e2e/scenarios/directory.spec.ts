// The directory of services: staff find where to point somebody, and an editor keeps it right.
import { expect, signInAs, test } from "../support/page.ts";

test("a nurse finds help with debts near the person, and sees whom to ring", async ({ page }) => {
  await signInAs(page, "senior-nurse");
  await page.goto("/directory");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Directory of services");
  await page.getByLabel("What you look for").fill("debts");
  await page.getByLabel("Where").fill("AM1");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/words=debts/);
  await expect(page.getByLabel("What you look for")).toHaveValue("debts");
  const first = page.getByRole("link", { name: "Lantern money help" });
  await expect(first).toBeVisible();
  await expect(page.getByText("Ashmere Food Share")).toHaveCount(0);
  await first.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lantern money help");
  await expect(page.getByRole("link", { name: "01632 960 702" })).toHaveAttribute("href", "tel:01632960702");
  await expect(page.getByText("by Ashmere community directory").first()).toBeVisible();
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Directory of services");
});

test("a need narrows the list, and nothing found says what to try", async ({ page }) => {
  await signInAs(page, "voluntary-worker");
  await page.goto("/directory");
  await page.getByLabel("Need").selectOption("Domestic abuse");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("link", { name: "Safe Harbour" })).toBeVisible();
  await expect(page.getByText("Hearing Voices group")).toHaveCount(0);
  await page.getByLabel("Open now").check();
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("link", { name: "Safe Harbour" })).toBeVisible();
  await page.getByLabel("What you look for").fill("trombone");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("Nothing here fits all of that.")).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(page).toHaveURL(/\/directory$/);
  await expect(page.getByRole("link", { name: "Safe Harbour" })).toBeVisible();
});

test("what nobody has checked for long says so: ring first", async ({ page }) => {
  await signInAs(page, "key-worker");
  await page.goto("/directory?words=art+room");
  await expect(page.getByText("May be out of date: ring first").first()).toBeVisible();
  await page.getByRole("link", { name: "Old Mill art room" }).click();
  await expect(page.getByRole("heading", { name: "May be out of date: ring first" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Change what people read" })).toHaveCount(0);
});

test("an editor writes a service down, is told what is missing, checks it and takes it off", async ({ page }, info) => {
  const name = `Tuesday choir ${info.project.name}`;
  await signInAs(page, "directory-editor");
  await page.goto("/directory/new");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter the name of the service");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Telephone").fill("01632 960 799");
  await page.getByLabel("Town").fill("Millbrook");
  await page.getByLabel("Needs").fill("Something to do");
  await page.getByLabel("Tuesday").fill("7pm to 9pm");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByText("Saved. People read this now.")).toBeVisible();
  await expect(page.getByText("Tuesday: 7pm to 9pm")).toBeVisible();
  await page.getByRole("link", { name: "I asked there: it is right" }).click();
  await page.getByRole("button", { name: "It is right" }).click();
  await expect(page.getByText("It counts as checked today.")).toBeVisible();
  await page.getByRole("button", { name: "Take it off" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter why it is taken off");
  await page.getByLabel("Why").fill("The choir has ended");
  await page.getByRole("button", { name: "Take it off" }).click();
  await expect(page.getByRole("heading", { name: "Not listed any more" })).toBeVisible();
  await page.goto(`/directory?words=${encodeURIComponent(name)}`);
  await expect(page.getByText("Nothing here fits all of that.")).toBeVisible();
});

test("an editor sees what is due, and what became of the feed", async ({ page }) => {
  await signInAs(page, "directory-editor");
  await page.goto("/directory");
  await page.getByRole("link", { name: "Services to check" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Services to check");
  await page.getByRole("link", { name: "All to check" }).click();
  await expect(page.getByRole("link", { name: "Old Mill art room", exact: true })).toBeVisible();
  await page.goto("/directory/imports");
  await page.getByRole("link", { name: "Ashmere community directory" }).click();
  await expect(page.getByText("Services added")).toBeVisible();
});
