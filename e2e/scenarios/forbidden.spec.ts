// Every persona has a first page that works, and a calm answer where their role ends.
import { expect, lookAt, PHONE, signInAs, test } from "../support/page.ts";

/** Each persona, and a page that their role does not include. */
const BEYOND: Record<string, string> = {
  "senior-nurse": "/team/invite",
  "senior-social-worker": "/county",
  administrator: "/duty",
  "key-worker": "/worklist",
  "social-worker": "/overdue",
  "crisis-nurse": "/worklist",
  "voluntary-worker": "/worklist",
  "harbour-host": "/duty",
  "orchard-host": "/team",
  gp: "/find",
  "team-manager": "/county",
  "service-manager": "/team/invite",
  caldicott: "/worklist",
  "system-administrator": "/find",
};

test("the picker offers exactly the personas that are tried here", async ({ page }) => {
  await page.goto("/demo");
  await lookAt(page);
  const offered = await page.locator('form[action^="/demo/"]').evaluateAll((forms) => forms.map((form) => form.getAttribute("action")?.slice("/demo/".length)));
  expect(offered.sort()).toEqual(Object.keys(BEYOND).sort());
});

for (const [persona, beyond] of Object.entries(BEYOND)) {
  test(`${persona}: my day works, and ${beyond} says calmly that it is not for this role`, async ({ page }) => {
    await page.setViewportSize(PHONE);
    await signInAs(page, persona);
    await lookAt(page);
    const answer = await page.goto(beyond);
    expect(answer?.status()).toBe(403);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("You cannot open this page");
    await expect(page.getByText("ask your team's manager")).toBeVisible();
    await lookAt(page);
  });
}

test("nobody sees a staff page before signing in", async ({ page }) => {
  for (const path of ["/my-day", "/worklist", "/duty", "/county", "/account"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  await lookAt(page);
});

// Here and not with signing in, so that it does not end the session of a persona in the middle of another test.
test("signing out everywhere ends every session at once", async ({ browser, page }) => {
  const other = await (await browser.newContext()).newPage();
  await signInAs(page, "caldicott");
  await signInAs(other, "caldicott");
  await page.goto("/account");
  await lookAt(page);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("You have signed out on every computer and telephone.")).toBeVisible();
  await other.goto("/my-day");
  await expect(other).toHaveURL(/\/sign-in/);
});
