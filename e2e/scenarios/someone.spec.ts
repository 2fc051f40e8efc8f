// Help asked for somebody else: a daughter, a young person; what the person knows and agrees to decides what happens.
import { choose, reference } from "../support/door.ts";
import { expect, goOn, PHONE, signInAs, slipped, test } from "../support/page.ts";
import { pick, press, type } from "../support/keyboard.ts";
import { openRecord, take, triage } from "../support/staff.ts";
import type { Page } from "@playwright/test";

/** A daughter asks for her father, up to "Check your answers". */
async function askForFather(page: Page, agrees = "no"): Promise<void> {
  await page.goto("/ask");
  await choose(page, "who", "someone");
  await goOn(page);
  await choose(page, "danger", "none");
  await goOn(page);
  await page.getByLabel("Your name").fill("Ann Vale");
  await choose(page, "relation", "child");
  await goOn(page);
  await choose(page, "contact", "email");
  await page.locator('[name="email"]').fill("ann@post.example");
  await goOn(page);
  await page.getByLabel("What are they called?").fill("Joe");
  await goOn(page);
  await choose(page, "age", "adult");
  await goOn(page);
  await choose(page, "knows", "yes");
  await choose(page, "agrees", agrees);
  await goOn(page);
  await choose(page, "contact", "call");
  await page.locator('[name="call-phone"]').fill("07700 900456");
  await goOn(page);
  await page.locator('[name="why-now"]').fill("Dad has not left his room for a month.");
  await goOn(page);
  for (const optional of ["help", "needs", "caring", "practical", "before", "about-you"]) {
    await expect(page).toHaveURL(new RegExp(`/${optional}$`));
    await goOn(page);
  }
  await expect(page).toHaveURL(/\/check$/);
}

// seed: 120
test("a daughter asks for her father on a small phone, and he decides what she is told", async ({ another, page }) => {
  await page.setViewportSize(PHONE);
  await askForFather(page);
  await expect(page.getByText("They do not agree")).toBeVisible();
  await goOn(page, "Send");
  const given = await reference(page);
  await expect(page.getByText("We tell you more only if the person agrees.")).toBeVisible();
  const nurse = await another();
  await signInAs(nurse, "senior-nurse");
  await openRecord(nurse, given);
  await expect(nurse.getByText("Offer contact. This is no case yet")).toBeVisible();
  await expect(nurse.locator("#asked ~ *").first()).toBeVisible();
  await take(nurse);
  await triage(nurse, "E");
  await expect(nurse.getByRole("button", { name: "A team accepts" })).toHaveCount(0);
  await nurse.getByRole("button", { name: /^Record a contact/ }).click();
  await choose(nurse, "mode", "phone");
  await choose(nurse, "reached", "yes");
  await choose(nurse, "told", "yes");
  await choose(nurse, "agrees", "yes");
  await choose(nurse, "may-tell", "no");
  await nurse.locator('[name="next"]').fill("We ring again on Friday.");
  await nurse.getByRole("button", { name: "Save the contact" }).click();
  await expect(nurse.getByText("They agree that we help")).toBeVisible();
  await expect(nurse.getByRole("button", { name: "A team accepts" })).toBeVisible();
});

test("a person who is not safe from somebody at home is told nothing until a senior says when", async ({ another, page }) => {
  await askForFather(page, "not-asked");
  await goOn(page, "Send");
  const given = await reference(page);
  const senior = await another();
  await signInAs(senior, "senior-social-worker");
  await openRecord(senior, given);
  await senior.getByRole("link", { name: "It is not safe to tell them for now" }).click();
  await senior.getByRole("button", { name: "Record that it is not safe" }).click();
  await slipped(senior);
  await senior.getByLabel("Why is it not safe to tell them?").fill("His son reads his messages.");
  await senior.getByLabel("Day").fill("31");
  await senior.getByLabel("Month").fill("12");
  await senior.getByLabel("Year").fill(String(new Date().getFullYear() + 1));
  await senior.getByRole("button", { name: "Record that it is not safe" }).click();
  await expect(senior.getByText("Recorded: it is not safe to tell them for now.")).toBeVisible();
});

test("danger about somebody else shows where help is, and a call can be asked for at once", async ({ page }) => {
  await page.goto("/ask");
  await choose(page, "who", "someone");
  await goOn(page);
  await choose(page, "danger", "ending-life");
  await goOn(page);
  await expect(page.getByText("stay with them")).toBeVisible();
  await page.getByRole("button", { name: "Call me" }).click();
  await page.getByLabel("Your name").fill("Ann");
  await page.getByLabel("Phone number to call").fill("07700 900111");
  await page.getByLabel("Who are you worried about?").fill("Joe, my father");
  await goOn(page, "Call me");
  await reference(page);
});

test("a friend asks with the keyboard alone", { tag: "@once" }, async ({ page }) => {
  await page.goto("/ask");
  const on = page.locator("main form button").first();
  await pick(page, "who", "someone");
  await press(page, on);
  await pick(page, "danger", "none");
  await press(page, on);
  await type(page, page.locator("#asker-name"), "Ann");
  await pick(page, "relation", "friend");
  await press(page, on);
  await press(page, on);
  await type(page, page.locator("#called"), "Joe");
  await press(page, on);
  await press(page, on);
  await pick(page, "knows", "no");
  await pick(page, "agrees", "not-asked");
  await press(page, on);
  await pick(page, "contact", "in-person");
  await type(page, page.locator("#place"), "The library on Mill Street, mornings.");
  await press(page, on);
  await type(page, page.locator("#why-now"), "He has stopped coming to choir and answers nobody.");
  await press(page, on);
  for (let optional = 0; optional < 6; optional += 1) await press(page, on);
  await press(page, page.getByRole("button", { name: "Send", exact: true }));
  await reference(page);
});

test("a young person is spoken to as one, and parents are not told", async ({ another, page }) => {
  await page.goto("/ask");
  await choose(page, "who", "me");
  await goOn(page);
  await choose(page, "danger", "none");
  await goOn(page);
  await choose(page, "age", "16-17");
  await goOn(page);
  await expect(page.getByText("Nobody at home or at school is told.")).toBeVisible();
  await page.getByLabel("What should we call you?").fill("Kit");
  await goOn(page);
  await choose(page, "contact", "text");
  await page.locator('[name="text-phone"]').fill("07700 900457");
  await goOn(page, "Send what I have told you and have someone contact me");
  const given = await reference(page);
  const nurse = await another();
  await signInAs(nurse, "senior-nurse");
  await openRecord(nurse, given);
  await expect(nurse.getByText("Hand them warmly to the young people")).toBeVisible();
  await expect(nurse.getByText("16 or 17: presumed able to decide")).toBeVisible();
});
