// Every persona has a first page that works, and a calm answer where their role ends.
import { expect, signInAs, test } from "../support/page.ts";

/** Each persona, and a page that their role does not include. */
const BEYOND: Record<string, string> = {
  "senior-nurse": "/team/invite",
  "senior-social-worker": "/county",
  administrator: "/duty",
  "key-worker": "/worklist",
  "peer-worker": "/worklist",
  "community-nurse": "/overdue",
  "social-worker": "/overdue",
  "crisis-nurse": "/worklist",
  "voluntary-worker": "/worklist",
  "harbour-host": "/duty",
  "orchard-host": "/team",
  gp: "/find",
  "team-manager": "/county",
  "service-manager": "/team/invite",
  caldicott: "/worklist",
  "content-editor": "/worklist",
  "directory-editor": "/worklist",
  "system-administrator": "/find",
};

test("the picker offers exactly the personas that are tried here", async ({ page }) => {
  await page.goto("/demo");
  const offered = await page.locator('form[action^="/demo/"]').evaluateAll((forms) => forms.map((form) => form.getAttribute("action")?.slice("/demo/".length)));
  expect(offered.sort()).toEqual(Object.keys(BEYOND).sort());
});

for (const [persona, beyond] of Object.entries(BEYOND)) {
  test(`${persona}: my day works, and ${beyond} says calmly that it is not for this role`, async ({ page }) => {
    await signInAs(page, persona);
    const answer = await page.goto(beyond);
    expect(answer?.status()).toBe(403);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("You cannot open this page");
    await expect(page.getByText("ask your team's manager")).toBeVisible();
  });
}

test("nobody sees a staff page before signing in", async ({ page }) => {
  for (const path of ["/my-day", "/worklist", "/duty", "/county", "/account"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
});
