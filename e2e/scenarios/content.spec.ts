// Pages of words: read by anybody, in Easy Read too; written by one person and signed off by another.
import { answerSafety, begin } from "../support/door.ts";
import { expect, goOn, signInAs, test } from "../support/page.ts";

test("somebody reads what happens before asking, and prints it", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "What happens when you ask for help" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What happens when you ask for help");
  await expect(page.getByText("Checked by Nadia Okonjo, senior mental health nurse")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".nhsuk-button:visible, .od-words:visible, .nhsuk-footer:visible")).toHaveCount(0);
  await expect(page.getByText("There is no wrong door.")).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.locator("main").getByRole("button", { name: "Ask for help" }).or(page.locator("main").getByRole("link", { name: "Ask for help" })).click();
  await expect(page).toHaveURL(/\/ask$/);
});

test("a carer finds the way to ask for somebody else and for themselves", async ({ page }) => {
  await page.goto("/help");
  await page.getByRole("link", { name: "For families, friends and carers" }).click();
  await expect(page.getByText("You can ask for help for you, too.")).toBeVisible();
  await page.getByRole("link", { name: "Start here" }).first().click();
  await expect(page).toHaveURL(/\/ask$/);
});

test("Easy Read is chosen once and kept: pages, the questions, and back", async ({ page }) => {
  await page.goto("/help/families");
  await page.getByRole("link", { name: "Easy Read" }).click();
  await expect(page).toHaveURL(/\/help\/families$/);
  await expect(page.locator(".od-sign").first()).toBeVisible();
  await page.goto("/ask");
  await expect(page.getByText("Who needs help?")).toBeVisible();
  await page.locator('input[name="who"][value="me"]').check();
  await goOn(page, "Next");
  // What keeps people safe stands in the standard words until somebody has reviewed the easy ones.
  await expect(page.getByText("I am thinking about ending my life")).toBeVisible();
  await expect(page.getByRole("button", { name: "Next", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Standard text (not Easy Read)" }).click();
  await expect(page).toHaveURL(/\/safety$/);
  await expect(page.getByRole("button", { name: "Continue", exact: true })).toBeVisible();
});

test("what is typed stays when Easy Read is chosen in the middle of a page, and the Enter key goes on", async ({ page }) => {
  await begin(page);
  await answerSafety(page);
  const called = page.getByLabel("What should we call you?");
  await called.fill("Robin <of the hill>");
  await page.getByRole("button", { name: "Easy Read" }).click();
  await expect(page).toHaveURL(/\/name$/);
  await expect(page.getByRole("button", { name: "Next", exact: true })).toBeVisible();
  const again = page.locator('input[name="called"]');
  await expect(again).toHaveValue("Robin <of the hill>");
  await again.press("Enter");
  await expect(page).toHaveURL(/\/contact$/);
  await page.getByRole("link", { name: "Back" }).first().click();
  await expect(page.locator('input[name="called"]')).toHaveValue("Robin <of the hill>");
});

test("help in a crisis shows what is open now, and when the others open", async ({ page }) => {
  await page.goto("/crisis-help");
  for (const place of ["Harbour Crisis Café", "Orchard Crisis Café", "Lantern listening line"]) await expect(page.getByText(place)).toBeVisible();
  await expect(page.getByText(/Open now, until|Opens today at|Opens on/).first()).toBeVisible();
  await page.getByText("All opening hours").first().click();
  await expect(page.getByText(/Monday: /).first()).toBeVisible();
});

test("a page is written, handed in, and signed off by somebody else", { tag: "@once" }, async ({ another, page }) => {
  await signInAs(page, "content-editor");
  await page.goto("/content/new");
  await page.getByLabel("Address").fill("young-people");
  await page.getByLabel("Owner").fill("Young people's team");
  await page.getByLabel("Heading").fill("If you are under 18");
  await page.getByLabel("Text", { exact: true }).fill("Words.\n\n[x](javascript:1)");
  await goOn(page, "Save the draft");
  await expect(page.getByRole("link", { name: /^Line 3/ })).toBeVisible();
  await page.getByLabel("Text", { exact: true }).fill("You can ask for help. We tell nobody at home unless you say so.\n\n{crisis}\n\n{ask}");
  await goOn(page, "Save the draft");
  await page.getByRole("link", { name: "See the draft as the public would" }).click();
  await expect(page.getByText("Nobody else can read it yet.")).toBeVisible();
  await page.goBack();
  await goOn(page, "Hand in to be signed off");
  await expect(page.getByText("Waits to be signed off")).toBeVisible();
  const senior = await another();
  await signInAs(senior, "senior-nurse");
  await senior.goto("/content");
  await senior.getByRole("link", { name: "If you are under 18" }).click();
  await senior.getByRole("link", { name: "Sign off or give back" }).click();
  await senior.getByLabel("Your name and profession").fill("Nadia Okonjo, senior mental health nurse");
  await goOn(senior, "Sign off: the public may read it");
  await expect(senior.getByText("The public reads it now.")).toBeVisible();
  await page.goto("/help/young-people");
  await expect(page.getByText("Looked after by: Young people's team")).toBeVisible();
});
