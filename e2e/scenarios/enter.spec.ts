// Somebody rings, comes in, or sits in a café: a member of staff writes it down for them, and danger waits for no form.
import { choose } from "../support/door.ts";
import { expect, goOn, signInAs, slipped, test } from "../support/page.ts";

test("a café visitor in danger who gives no name: the duty person knows at once, and the words follow", async ({ another, page }) => {
  await signInAs(page, "harbour-host");
  await page.goto("/enter");
  await choose(page, "channel", "cafe");
  await page.getByLabel("Where they are, or what they look like").fill("Grey coat, by the window. Does not speak.");
  await goOn(page, "Danger now: tell the duty person");
  await expect(page.getByText("The duty person is being told now.")).toBeVisible();

  const duty = await another();
  await signInAs(duty, "senior-nurse");
  await duty.goto("/duty");
  await expect(duty.getByText("Name not known").first()).toBeVisible();

  await page.locator('a[href$="/why-now"]').click();
  await page.locator('[name="why-now"]').fill("Took tablets an hour ago.");
  await goOn(page, "Save and go on");
  await page.locator(".nhsuk-back-link").click();
  await goOn(page, "Finish and hand it over");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is handed over");
});

test("a caller: the number first, a slip is put right, and the printed slip says nothing of why", async ({ page }) => {
  await signInAs(page, "administrator");
  await page.goto("/enter");
  await page.getByLabel("Number to call back on").fill("07700 900456");
  await goOn(page, "Save and go on");
  await slipped(page);
  await expect(page.getByLabel("Number to call back on")).toHaveValue("07700 900456");
  await choose(page, "safe-to-ring", "yes");
  await choose(page, "channel", "phone");
  await goOn(page, "Save and go on");
  await choose(page, "danger", "none");
  await goOn(page, "Save and go on");
  await page.locator(".nhsuk-back-link").click();
  await page.locator('a[href$="/name"]').click();
  await page.locator('[name="called"]').fill("Mira Invented");
  await goOn(page, "Save and go on");
  await page.locator(".nhsuk-back-link").click();
  await expect(page.getByText("Mira Invented")).toBeVisible();
  await goOn(page, "Finish and hand it over");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is handed over");
  await page.emulateMedia({ media: "print" });
  const slip = page.locator(".od-letter");
  for (const number of ["999", "111", "116 123"]) await expect(slip).toContainText(number);
  await expect(page.getByText("Mira Invented")).toHaveCount(0);
  await expect(page.locator("nav:visible, .nhsuk-button:visible, .nhsuk-footer:visible")).toHaveCount(0);
});
