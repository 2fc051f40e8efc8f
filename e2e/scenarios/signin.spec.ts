// Signing in, and a screen that locks without losing a word.
import { code, invite, newSenior, setUp, signIn } from "../support/account.ts";
import { askForHelp } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, typeTriage } from "../support/staff.ts";

// Tries are counted by address: each variant comes from one of its own, so that together they are not too many.
test.use({
  extraHTTPHeaders: async ({}, use, info) => {
    await use({ "x-forwarded-for": `192.0.2.${["wide", "phone", "unscripted"].indexOf(info.project.name) + 1}` });
  },
});

test("an invited colleague sets a password and an app, signs in with a code, and signing out ends the session", async ({ another, page }) => {
  const email = `invited${Date.now()}@ashmere.example`;
  const link = await invite(page, email, "SPOA_ADMIN", "Single Point of Access");
  const own = await another();
  await own.goto(new URL(link).pathname);
  await own.getByLabel("New password").fill("short");
  await own.getByLabel("Code", { exact: true }).fill("000000");
  await own.getByRole("button", { name: "Set up my account" }).click();
  await slipped(own);
  const colleague = await setUp(own, link, email);
  await signIn(own, colleague);
  await expect(own.getByText("Alex Hale")).toBeVisible();
  if (test.info().project.name === "unscripted") {
    await expect(own.locator("noscript p")).toContainText("This screen locks 15 minutes after the last page you opened.");
  }
  await own.goto(new URL(link).pathname);
  await expect(own.getByRole("heading", { level: 1 })).toHaveText("This link does not work");
  await own.goto("/my-day");
  await own.getByRole("button", { name: "Sign out" }).click();
  await expect(own.getByText("You have signed out.")).toBeVisible();
  await own.goto("/my-day");
  await expect(own).toHaveURL(/\/sign-in/);
});

test("signing in says the same whether or not there is such an account", async ({ page }) => {
  const said: string[] = [];
  for (const email of ["senior-nurse@ashmere.example", `nobody${Date.now()}@ashmere.example`]) {
    await page.goto("/sign-in");
    await page.getByLabel("Work e-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Continue" }).click();
    await slipped(page);
    await expect(page.getByLabel("Work e-mail address")).toHaveValue(email);
    said.push((await page.locator("main").innerText()).replaceAll(email, ""));
  }
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
  await other.getByRole("button", { name: "Lock this screen now" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("This screen is locked");

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
  await page.getByRole("button", { name: "Send it now" }).click();
  await expect(page.getByText("Saved. Next: decide where help is.")).toBeVisible();
  await page.goto("/parked");
  await expect(page.getByText("Nothing is kept for you.")).toBeVisible();
});

test("signing out everywhere ends every session at once", async ({ another, browser, page }) => {
  const other = await another();
  const colleague = await newSenior(browser, "leaver", -1);
  await signIn(page, colleague, 0);
  await signIn(other, colleague, 1);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("You have signed out on every computer and telephone.")).toBeVisible();
  await other.goto("/my-day");
  await expect(other).toHaveURL(/\/sign-in/);
});

test("the codes are those of the published standard", { tag: "@once" }, () => {
  // RFC 6238, appendix B: so that a sign-in that works here works with people's own apps.
  const now = Date.now;
  Date.now = () => 59_000;
  expect(code("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")).toBe("287082");
  Date.now = now;
});

test("a screen warns two minutes before it locks, and then covers what was typed without losing it", { tag: "@scripted" }, async ({ page }) => {
  await page.clock.install();
  await signInAs(page, "senior-nurse");
  const typed = page.getByLabel("Reference");
  await typed.fill("ABCD 2345");
  await page.clock.fastForward("12:58");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await page.clock.fastForward("00:05");
  const warning = page.getByRole("dialog", { name: "This screen is about to lock" });
  await expect(warning).toBeVisible();
  await warning.getByRole("button", { name: "Keep working" }).click();
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await page.clock.fastForward("15:05");
  const locked = page.getByRole("dialog", { name: "This screen is locked" });
  await expect(locked).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(locked).toBeVisible();
  await expect(typed).toHaveValue("ABCD 2345");
});
