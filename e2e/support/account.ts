// A colleague with an account of their own: invited, with a password and the codes of an authenticator app (RFC 6238).
import { createHmac } from "node:crypto";
import { type Browser, expect, type Page } from "@playwright/test";
import { signInAs } from "./page.ts";

/** Who signs in, and with what. */
export interface Colleague {
  email: string;
  password: string;
  key: string;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytes(key: string): Buffer {
  const bits = [...key.replace(/\s/g, "")].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The code an app shows now, or so many half minutes later. */
export function code(key: string, later = 0): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac("sha1", bytes(key)).update(step).digest();
  const at = mac[mac.length - 1] & 15;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

/** A system administrator invites somebody and hands over the link. */
export async function invite(page: Page, email: string, role: string, team: string): Promise<string> {
  await signInAs(page, "system-administrator");
  await page.goto("/team/invite");
  await page.getByLabel("Name", { exact: true }).fill("Alex Hale");
  await page.getByLabel("Work e-mail address").fill(email);
  await page.getByLabel("Organisation").selectOption({ label: "Ashmere Partnership Trust" });
  await page.locator(`[name="roles"][value="${role}"]`).check();
  await page.getByLabel(team, { exact: true }).check();
  await page.getByRole("button", { name: "Make the one-time link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("One-time link");
  return page.locator("#one-time-link").innerText();
}

/** Sets password and app with a one-time link. With the code shown just before, two are left for signing in at once. */
export async function setUp(page: Page, link: string, email: string, later = 0): Promise<Colleague> {
  await page.goto(new URL(link).pathname);
  const colleague = { email, password: "lantern walnut harbour", key: await page.locator(".od-secret").innerText() };
  await page.getByLabel("New password").fill(colleague.password);
  // The code before is taken for half a minute: enough of it must be left on a slow machine.
  const left = 30_000 - (Date.now() % 30_000);
  if (later < 0 && left < 15_000) await page.waitForTimeout(left);
  await page.getByLabel("Code", { exact: true }).fill(code(colleague.key, later));
  await page.getByRole("button", { name: "Set up my account" }).click();
  await expect(page.getByText("Your account is ready.")).toBeVisible();
  return colleague;
}

/** Signs in with password and code. Each code works once: the one of the set-up is spent, so this is the next one. */
export async function signIn(page: Page, who: Colleague, later = 1): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Work e-mail address").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Enter the code from your app");
  await page.getByLabel("Code", { exact: true }).fill(code(who.key, later));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/my-day$/);
}

/** A new senior of the single point of access, not signed in yet. */
export async function newSenior(browser: Browser, name: string, later = 0): Promise<Colleague> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const email = `${name}${Date.now()}@ashmere.example`;
  const link = await invite(page, email, "SPOA_SENIOR", "Single Point of Access");
  await context.clearCookies();
  const colleague = await setUp(page, link, email, later);
  await context.close();
  return colleague;
}
