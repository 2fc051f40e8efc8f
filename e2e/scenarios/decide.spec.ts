// Senior professionals decide together, and no word is lost.
import { askForHelp } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { advise, openRecord, recordUrl, take, tellByPhone, triage, typeTriage } from "../support/staff.ts";

test("people who flagged danger come first on the worklist", async ({ browser, page }) => {
  await askForHelp(browser);
  await askForHelp(browser, { dangers: ["plan-or-means"] });
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist");
  const flags = await page.locator("main tbody tr").evaluateAll((rows) => rows.map((row) => row.textContent?.includes("Flagged: read first") ?? false));
  expect(flags[0]).toBe(true);
  expect(flags.lastIndexOf(true), "flagged rows stand together at the top").toBe(flags.filter(Boolean).length - 1);
});

test("a new request is offered by a button and does not move the list under the reader", { tag: "@scripted" }, async ({ browser, page }) => {
  await page.clock.install();
  await signInAs(page, "senior-nurse");
  await page.goto("/worklist");
  const before = await page.locator("main tbody").first().innerText();
  await askForHelp(browser);
  await expect(async () => {
    await page.clock.fastForward(21_000);
    await expect(page.getByRole("button", { name: /^Show \d+ new$/ })).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await page.locator("main tbody").first().innerText()).toBe(before);
});

test("a senior nurse reads, decides how soon, finds a team, and the last person told closes it", async ({ browser, page }) => {
  const given = await askForHelp(browser, { whyNow: "My mother died and I cannot stop crying." });
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await expect(page.locator("#story ~ *")).toContainText("My mother died");
  await take(page);
  await page.getByRole("button", { name: "Decide how soon" }).click();
  await page.goBack();
  await triage(page, "D");
  await page.getByRole("button", { name: "A team accepts" }).click();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await slipped(page);
  await page.getByLabel("Team").selectOption({ label: "North Ashmere Community Team" });
  await page.getByLabel("Who to ask for").fill("Marcus Webb");
  await page.getByLabel("What happens next").fill("Marcus rings you to agree a first meeting.");
  await page.getByLabel("Day").fill("31");
  await page.getByLabel("Month").fill("12");
  await page.getByLabel("Year").fill(String(new Date().getFullYear() + 1));
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(page.getByText("Accepted. The team has a task to name a key worker")).toBeVisible();
  await expect(page.locator("#facts ~ dl")).toContainText("Decided: people are being told");
  await tellByPhone(page);
  await expect(page.locator("#facts ~ dl")).toContainText("Finished: everybody was told");
});

// seed: 76
test("a senior social worker decides as much as a nurse does", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-social-worker");
  await openRecord(page, given);
  await take(page);
  await triage(page, "G");
  await advise(page);
  await expect(page.locator("#decision ~ dl")).toContainText("Tom Brindle");
});

test("two seniors decide at once: the second sees what changed and keeps every typed word", async ({ another, browser, page }) => {
  const given = await askForHelp(browser);
  const other = await another();
  await Promise.all([signInAs(page, "senior-nurse"), signInAs(other, "senior-social-worker")]);
  await openRecord(page, given);
  await take(page);
  await other.goto(`${recordUrl(page)}/triage`);
  await typeTriage(other, "Words that must not be lost.", "C");
  await triage(page, "D");
  await other.getByRole("button", { name: "Save how soon" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Somebody else changed this while you were working");
  await expect(other.getByText("Words that must not be lost.")).toBeVisible();
  await expect(other.getByText("Feels safe at home. A neighbour looks in.").first()).toBeVisible();
  await expect(other.getByText("Nadia Okonjo").first()).toBeVisible();
});

// seed: 76
test("an administrator sees no way to decide and cannot reach one by its address", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "administrator");
  await openRecord(page, given);
  for (const name of [/Decide how soon/, /A team accepts/, /Give advice/]) await expect(page.getByRole("button", { name })).toHaveCount(0);
  const answer = await page.goto(`${recordUrl(page)}/triage`);
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You cannot open this page");
});

// seed: 81
test("no page offers to reject anybody", async ({ browser, page }) => {
  const given = await askForHelp(browser);
  await signInAs(page, "senior-nurse");
  const words = /reject|refuse|decline|not eligible|ineligible|criteria|discharge|sign.?post/i;
  const look = async () => {
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const doing = await page.locator("main").getByRole("button").or(page.locator("main").getByRole("radio")).or(page.locator("main").getByRole("link")).allInnerTexts();
    expect(doing.filter((each) => words.test(each))).toEqual([]);
  };
  await openRecord(page, given);
  const record = recordUrl(page);
  await look();
  await take(page);
  await triage(page, "G");
  await look();
  for (const path of ["/worklist", `${record}/triage`, `${record}/accept`, `${record}/advise`, `${record}/withdraw`]) {
    await page.goto(path);
    await look();
  }
});
