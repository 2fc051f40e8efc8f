// Signing in, and a screen that locks without losing a word.
import { code, invite, newSenior, setUp, signIn } from "../support/account.ts";
import { askForHelp } from "../support/door.ts";
import { expect, lookAt, test } from "../support/page.ts";
import { openRecord, recordUrl, take, typeTriage } from "../support/staff.ts";

test("an invited colleague sets a password and an app, and signs in with a code", async ({ browser, page }) => {
  const email = `invited${Date.now()}@ashmere.example`;
  const link = await invite(page, email, "SPOA_ADMIN", "Single Point of Access");
  await lookAt(page);
  const own = await (await browser.newContext()).newPage();
  await own.goto(new URL(link).pathname);
  await lookAt(own);
  await own.getByLabel("New password").fill("short");
  await own.getByLabel("Code", { exact: true }).fill("000000");
  await own.getByRole("button", { name: "Set up my account" }).click();
  await expect(own).toHaveTitle(/^Error: /);
  await expect(own.locator(".nhsuk-error-summary")).toBeFocused();
  const colleague = await setUp(own, link, email);
  await lookAt(own);
  await signIn(own, colleague);
  await expect(own.getByText("Alex Hale")).toBeVisible();
  await own.goto(new URL(link).pathname);
  await expect(own.getByRole("heading", { level: 1 })).toHaveText("This link does not work");
});

test("signing in says the same whether or not there is such an account", async ({ page }) => {
  const said: string[] = [];
  for (const email of ["senior-nurse@ashmere.example", `nobody${Date.now()}@ashmere.example`]) {
    await page.goto("/sign-in");
    await page.getByLabel("Work e-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.locator(".nhsuk-error-summary")).toBeFocused();
    await expect(page.getByLabel("Work e-mail address")).toHaveValue(email);
    said.push((await page.locator("main").innerText()).replaceAll(email, ""));
  }
  await lookAt(page);
  expect(said[0]).toBe(said[1]);
});

test("what was sent to a locked screen is kept, and offered back after unlocking", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  const colleague = await newSenior(browser, "senior");
  await signIn(page, colleague);
  await openRecord(page, given);
  await take(page);
  await page.goto(`${recordUrl(page)}/triage`);
  await typeTriage(page, "Every word of this is kept.");

  const other = await page.context().newPage();
  await other.goto("/account");
  await lookAt(other);
  await other.getByRole("button", { name: "Lock this screen now" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("This screen is locked");
  await lookAt(other);

  await page.getByRole("button", { name: "Save how soon" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This screen is locked");
  await expect(page.getByText("Every word of this is kept.")).toHaveCount(0);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await page.getByLabel("Password", { exact: true }).fill(colleague.password);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What you sent was kept");
  await expect(page.getByText("Every word of this is kept.")).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Send it now" }).click();
  await expect(page.getByText("Saved. Next: decide where help is.")).toBeVisible();
  await page.goto("/parked");
  await expect(page.getByText("Nothing is kept for you.")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a colleague signs in, and signing out ends the session", async ({ browser, page }) => {
    const colleague = await newSenior(browser, "unscripted");
    await signIn(page, colleague);
    await expect(page.locator("noscript p")).toContainText("This screen locks 15 minutes after the last page you opened.");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByText("You have signed out.")).toBeVisible();
    await page.goto("/my-day");
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

test("the codes are those of the published standard", () => {
  // RFC 6238, appendix B: so that a sign-in that works here works with people's own apps.
  const now = Date.now;
  Date.now = () => 59_000;
  expect(code("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")).toBe("287082");
  Date.now = now;
});
