// The lists people work from: with nobody on them, and with people whose names are longer than any column.
import { newSenior, signIn } from "../support/account.ts";
import { askForHelp } from "../support/door.ts";
import { expect, signInAs, test } from "../support/page.ts";
import { openRecord, take, triage } from "../support/staff.ts";

const LONG = {
  "a name of many words": "Maximiliana Theodora Persephone Quartermaine of the Long Meadow beyond Ashmere Bridge, known to all friends as Max",
  "a name without a space": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochxx",
};

test("lists with nobody on them say so, and what to do", async ({ page }) => {
  await signInAs(page, "orchard-host");
  await expect(page.getByText("Nothing is waiting for you or your team.")).toBeVisible();
  await expect(page.getByText("Nobody yet. When you are named as somebody's key worker, they are listed here.")).toBeVisible();
  await signInAs(page, "service-manager");
  await page.goto("/worklist");
  await page.getByRole("link", { name: "Crisis and Home Treatment Team" }).click();
  // Others may have given this team somebody; nobody is triaged there.
  const team = new URL(page.url());
  team.searchParams.set("view", "triage");
  await page.goto(team.href);
  await expect(page.getByText("Nobody is waiting for triage.")).toBeVisible();
  await page.goto("/worklist?view=overdue&talks=text-relay");
  await expect(page.getByText("Nobody fits all of these filters.")).toBeVisible();
  await signInAs(page, "senior-nurse");
  await page.getByLabel("Reference").fill("ZZZZ ZZZZ");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByLabel("Reference")).toHaveValue("ZZZZ ZZZZ");
});

test("somebody new finds an empty day, and their team's list", async ({ browser, page }) => {
  await signIn(page, await newSenior(browser, "newcomer"));
  await expect(page.getByText("Nobody yet. When you are named as somebody's key worker, they are listed here.")).toBeVisible();
  await page.goto("/worklist");
  await expect(page.locator("main tbody tr").first()).toBeVisible();
});

for (const [which, called] of Object.entries(LONG)) {
  test(`${which} fits on every page`, async ({ browser, page }) => {
    const given = await askForHelp(browser, { called, dangers: ["very-unwell"] });
    await signInAs(page, "senior-nurse");
    for (const path of ["/my-day", "/worklist", "/duty"]) {
      await page.goto(path);
      await expect(page.getByText(called).first()).toBeVisible();
    }
    await openRecord(page, given);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(called);
    await take(page);
    await triage(page, "D");
    await page.getByRole("button", { name: "A team accepts" }).click();
    await expect(page.getByLabel("Team")).toBeVisible();
  });
}
