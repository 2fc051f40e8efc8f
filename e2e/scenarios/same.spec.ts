// Is this somebody we know? A human looks, compares, says so, and can take it back; nobody is matched by a program.
import type { Browser, Page } from "@playwright/test";
import { askForHelp } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl } from "../support/staff.ts";

/** Somebody who asked before under one spelling and asks again under another. Letters only, so that no one else has their names. */
async function asksTwice(browser: Browser): Promise<{ first: string; again: string; name: string }> {
  const mark = [...`${Date.now() % 1_000_000}`].map((digit) => "bdfgklmnrt"[Number(digit)]).join("a");
  const name = `Wilhelmina ${mark[0].toUpperCase()}${mark.slice(1)}`;
  const who = { contact: "letter" as const, born: ["3", "4", "1990"] as [string, string, string] };
  const first = await askForHelp(browser, { ...who, called: "Mina", fullName: name });
  const again = await askForHelp(browser, { ...who, called: "Mina", fullName: `${name.split(" ")[1]}, Wilhelmine` });
  return { first, again, name };
}

async function compare(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Look for earlier requests of this person" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Is this somebody we know?");
  await expect(page.getByRole("heading", { name: "Look twice" })).toBeVisible();
  await page.getByRole("button", { name: `Compare with ${name}` }).or(page.getByRole("link", { name: `Compare with ${name}` })).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Is it the same person?");
}

// seed: 75
test("an administrator sees that somebody asked before, compares, and a senior joins it by choosing", async ({ browser, page }) => {
  const { first, again, name } = await asksTwice(browser);
  await signInAs(page, "administrator");
  await openRecord(page, again);
  await expect(page.getByText("Nobody has looked yet whether we know this person.")).toBeVisible();
  await compare(page, name);
  await expect(page.getByRole("table")).toContainText("3 April 1990");
  await expect(page.getByText("I cannot sleep")).toHaveCount(0);
  await page.getByRole("button", { name: "It is the same person" }).click();
  await slipped(page);
  await page.getByLabel("What convinced you that it is the same person?").fill("She told me the street she lives in.");
  await page.getByRole("button", { name: "It is the same person" }).click();
  await expect(page.getByText("You have said that it is the same person.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Their other requests" })).toContainText(first.slice(0, 4));

  const record = recordUrl(page);
  await signInAs(page, "senior-nurse");
  await page.goto(record);
  await expect(page.getByText("She told me the street she lives in.").first()).toBeVisible();
  await page.getByRole("link", { name: "They have asked before: join the two" }).click();
  await expect(page.getByRole("group", { name: "Which of their requests do we work on?" })).toBeVisible();
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: "Join the two" }).click();
  await expect(page.locator("#decision ~ dl")).toContainText("Joined to their live referral");
});

test("a wrong match is taken back with the reason, and everything is as before", async ({ another, browser, page }) => {
  const { again, name } = await asksTwice(browser);
  await signInAs(page, "administrator");
  await openRecord(page, again);
  await compare(page, name);
  const record = page.url().replace(/\/same\/.*/, "");
  await page.getByLabel("What convinced you that it is the same person?").fill("The name and the day.");

  const colleague = await another();
  await signInAs(colleague, "senior-nurse");
  await colleague.goto(`${record}/same`);
  await colleague.getByLabel("What tells them apart").fill("She says that she never asked before.");
  await page.getByRole("button", { name: "It is the same person" }).click();
  await expect(page.getByText("You have said that it is the same person.")).toBeVisible();
  await colleague.getByRole("button", { name: "It is nobody of these" }).click();
  await expect(colleague.getByRole("heading", { level: 1 })).toHaveText("Somebody else changed this while you were working");
  await expect(colleague.getByText("She says that she never asked before.")).toBeVisible();

  await page.getByRole("link", { name: "Say that it is somebody else" }).click();
  await page.getByRole("button", { name: "Take the match back" }).click();
  await slipped(page);
  await page.getByLabel("Why is it somebody else?").fill("It is her sister.");
  await page.getByRole("button", { name: "Take the match back" }).click();
  await expect(page.getByText("The match was taken back. Everything is as it was before.")).toBeVisible();
  await expect(page.getByText("Their other requests")).toHaveCount(0);

  await page.getByRole("link", { name: "Look for earlier requests of this person" }).click();
  await page.getByLabel("What tells them apart").fill("Her sister, born on the same day.");
  await page.getByRole("button", { name: "It is nobody of these" }).click();
  await expect(page.getByText("You have said that it is nobody of these.")).toBeVisible();
  await expect(page.getByText("Her sister, born on the same day.").first()).toBeVisible();
});

test("nobody is found, and that is an answer too", async ({ browser, page }) => {
  const mark = [...`${Date.now() % 1_000_000}`].map((digit) => "bdfgklmnrt"[Number(digit)]).join("u");
  const given = await askForHelp(browser, { contact: "letter", called: `Q${mark}`, fullName: `Q${mark} Zzyx${mark}` });
  await signInAs(page, "administrator");
  await openRecord(page, given);
  await page.getByRole("link", { name: "Look for earlier requests of this person" }).click();
  await expect(page.getByText("Nobody your team may see was found.")).toBeVisible();
  await page.getByRole("button", { name: "Record that nobody was found" }).click();
  await expect(page.getByText(/Nobody was found who may be the same person/)).toBeVisible();
});
