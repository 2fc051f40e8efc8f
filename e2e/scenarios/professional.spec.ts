// Professionals refer by a form of their own; they are told as much as the person agrees to.
import { choose, reference } from "../support/door.ts";
import { pick, press, type } from "../support/keyboard.ts";
import { expect, goOn, PHONE, signInAs, test } from "../support/page.ts";
import { openRecord } from "../support/staff.ts";

// seed: 121
test("a school refers with what it knows, and the record says whose words they are", async ({ another, page }) => {
  await page.goto("/ask");
  await page.goto("/refer");
  await page.getByLabel("What kind of service are you?").selectOption("C2");
  await page.getByLabel("Your organisation").fill("Hill Lane School");
  await page.getByLabel("Your name").fill("Mr Asher");
  await page.getByLabel("Your job").fill("Head of year");
  await goOn(page);
  await choose(page, "danger", "none");
  await goOn(page);
  await page.getByLabel("Phone number at work").fill("01632 960111");
  await page.getByLabel("Email address at work").fill("asher@school.example");
  await goOn(page);
  await page.getByLabel("What are they called?").fill("Sam");
  await goOn(page);
  await choose(page, "contact", "text");
  await page.locator('[name="text-phone"]').fill("07700 900456");
  await goOn(page);
  await choose(page, "knows", "yes");
  await choose(page, "agrees", "yes");
  await choose(page, "may-tell", "yes");
  await goOn(page);
  await page.locator('[name="why-now"]').fill("Has stopped talking in class and cries at lunch.");
  await goOn(page);
  await page.getByLabel("How soon do they need help, and why?").fill("Before half term: exams begin then.");
  await page.getByLabel("What has been tried?").fill("The school counsellor, six times.");
  await goOn(page);
  await choose(page, "age", "16-17");
  await goOn(page);
  for (const optional of ["help", "needs", "caring", "practical", "before", "about-you"]) {
    await expect(page).toHaveURL(new RegExp(`/${optional}$`));
    await goOn(page);
  }
  await goOn(page, "Send");
  const given = await reference(page);
  const nurse = await another();
  await signInAs(nurse, "senior-nurse");
  await openRecord(nurse, given);
  await expect(nurse.getByText("School, college or other education (C2)")).toBeVisible();
  await expect(nurse.getByText("The school counsellor, six times.")).toBeVisible();
  await expect(nurse.getByText("Hand them warmly to the young people")).toBeVisible();
});

test("an officer on a small phone sends a name and a place, and nothing more is demanded", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto("/refer");
  await page.getByLabel("What kind of service are you?").selectOption("E1");
  await goOn(page);
  await choose(page, "danger", "very-unwell");
  await goOn(page);
  await expect(page.getByText("Do not wait for an answer to this form.")).toBeVisible();
  await goOn(page, /safe for now/);
  await goOn(page);
  await page.getByLabel("What are they called?").fill("A man in a red coat");
  await goOn(page);
  await choose(page, "contact", "in-person");
  await page.locator('[name="place"]').fill("Under the bridge on Mill Street, nights.");
  await goOn(page, "Send what I have told you and have someone get in touch");
  await reference(page);
});

test("a practice nurse refers with the keyboard alone", { tag: "@once" }, async ({ page }) => {
  await page.goto("/refer");
  const on = page.locator("main form button").first();
  await type(page, page.locator("#asker-name"), "Nurse Vale");
  await press(page, on);
  await pick(page, "danger", "none");
  await press(page, on);
  await press(page, on);
  await type(page, page.locator("#called"), "Sam");
  await press(page, on);
  await pick(page, "contact", "call");
  await type(page, page.locator("#call-phone"), "07700 900456");
  await press(page, page.getByRole("button", { name: /^Send what I have told you/ }));
  await reference(page);
});

test("a GP sees where what they sent stands, by its link and in the list of their practice, until it is taken back", async ({ another, page }) => {
  await page.goto("/refer");
  await page.getByLabel("What kind of service are you?").selectOption("A1");
  await goOn(page);
  await choose(page, "danger", "none");
  await goOn(page);
  await page.getByLabel("Email address at work").fill("voss@surgery.example");
  await goOn(page);
  await page.getByLabel("What are they called?").fill("Sam");
  await goOn(page);
  await choose(page, "contact", "text");
  await page.locator('[name="text-phone"]').fill("07700 900456");
  await page.getByRole("button", { name: /Send what/ }).click();
  const given = await reference(page);
  const spaced = `${given.slice(0, 4)} ${given.slice(4)}`;
  const link = await page.locator('a[href^="/status/"]').getAttribute("href");
  const gp = await another();
  await gp.goto(link ?? "");
  await expect(gp.getByText("We have it. A senior professional reads it next.")).toBeVisible();
  await signInAs(gp, "gp");
  await gp.goto(link ?? "");
  await gp.getByRole("link", { name: /Keep this in the list/ }).click();
  await goOn(gp, "Keep it in our list");
  await expect(gp.getByRole("heading", { level: 1 })).toHaveText("Requests we sent");
  await expect(gp.getByText(spaced).first()).toBeVisible();
  await expect(gp.getByText("Sam", { exact: true })).toHaveCount(0);
  const nurse = await another();
  await signInAs(nurse, "senior-nurse");
  await openRecord(nurse, given);
  await nurse.getByRole("link", { name: "The link of whoever asked" }).click();
  await choose(nurse, "link", "new");
  await goOn(nurse, "Go on");
  const fresh = await nurse.locator('main a[href^="/status/"]').getAttribute("href");
  await gp.goto("/sent");
  await expect(gp.getByRole("heading", { level: 1 })).toHaveText("Requests we sent");
  await expect(gp.getByText(spaced)).toHaveCount(0);
  expect((await gp.goto(link ?? ""))?.status()).toBe(404);
  expect((await gp.goto(fresh ?? ""))?.status()).toBe(200);
});
