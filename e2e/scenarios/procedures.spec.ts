// Everybody who works here finds what each organisation of the county has written down.
import { press } from "../support/keyboard.ts";
import { expect, signInAs, test } from "../support/page.ts";

test("a worker finds the local procedures at the foot of any page, by organisation", async ({ page }) => {
  await signInAs(page, "voluntary-worker");
  await page.getByRole("contentinfo").getByRole("link", { name: "Local procedures" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Local procedures" })).toBeVisible();
  for (const [organisation, title] of [
    ["Ashmere Council", "Worried about a child"],
    ["Ashmere NHS Trust", "Serious incidents: who to tell"],
    ["Ashmere Safeguarding Adults Board", "Worried about an adult"],
  ] as const) {
    const list = page.locator("h2", { hasText: organisation }).locator("+ ul");
    await expect(list.getByRole("link", { name: title })).toHaveAttribute("href", /^https:\/\//);
    await expect(list).toContainText("it was the right one");
  }
  await expect(page.getByRole("link", { name: "Change this list" })).toHaveCount(0);
});

test("the service manager reaches the list of procedures without a mouse, and a slip keeps the words", { tag: "@once" }, async ({ page }) => {
  await signInAs(page, "service-manager");
  await page.goto("/procedures");
  await press(page, page.getByRole("link", { name: "Change this list" }));
  await press(page, page.getByRole("button", { name: "Add a procedure" }));
  await page.getByLabel("Title").fill("Missing from a ward");
  await page.getByLabel("Organisation").fill("Ashmere NHS Trust");
  await page.getByLabel("Web address").fill("the shared drive");
  await press(page, page.getByRole("button", { name: "Save" }));
  await expect(page.getByRole("link", { name: "Enter a web address that begins with https://" })).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Missing from a ward");
  await expect(page.getByLabel("Web address")).toHaveValue("the shared drive");
});
