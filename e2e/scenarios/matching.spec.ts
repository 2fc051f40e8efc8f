// What may help, with reasons: a senior reads it beside the decision, follows it or says why not, and the person reads why.
import type { Browser, Page } from "@playwright/test";
import { choose } from "../support/door.ts";
import { expect, signInAs, slipped, test } from "../support/page.ts";
import { openRecord, recordUrl, take, triage } from "../support/staff.ts";

/** Somebody with debts for whom talking was not enough asks for help at the door. */
async function inAGap(browser: Browser): Promise<string> {
  const context = await browser.newContext();
  const origin = test.info().project.use.baseURL ?? "";
  const first = await (await context.request.get("/ask")).text();
  const draft = /name="draft" value="([^"]+)"/.exec(first)?.[1] ?? "";
  const post = async (path: string, ...answers: [string, string][]) => {
    const sent = await context.request.post(path, {
      data: new URLSearchParams(answers).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin, "sec-fetch-site": "same-origin" },
    });
    expect(sent.status(), path).toBe(200);
    return sent;
  };
  await post("/ask", ["draft", draft], ["who", "me"]);
  const at = `/ask/${draft}`;
  await post(`${at}/safety`, ["danger", "none"]);
  await post(`${at}/name`, ["called", "Robin"]);
  await post(`${at}/contact`, ["contact", "call"], ["call-phone", "07700 900123"], ["voicemail", "no"], ["say-nhs", "yes"]);
  await post(`${at}/why-now`, ["why-now", "The letters about money frighten me."]);
  await post(`${at}/practical`, ["practical", "money"]);
  await post(`${at}/before`, ["before", "practical-help"], ["before", "therapy-not-enough"]);
  await post(`${at}/permissions`, ["tell-gp", "no"]);
  const sent = await post(`${at}/send`);
  const given = /data-reference="([^"]+)"/.exec(await sent.text())?.[1] ?? "";
  await context.close();
  return given.replace(" ", "");
}

async function typeAcceptance(page: Page): Promise<void> {
  await page.locator('[name="team"]').selectOption({ label: "North Ashmere Community Team" });
  await page.locator('[name="contact-name"]').fill("Marcus Thorne");
  await page.locator('[name="next-step"]').fill("Marcus rings you.");
  const day = new Date(Date.now() + 7 * 24 * 3600 * 1000);
  await page.locator('[name="next-on[day]"]').fill(String(day.getDate()));
  await page.locator('[name="next-on[month]"]').fill(String(day.getMonth() + 1));
  await page.locator('[name="next-on[year]"]').fill(String(day.getFullYear()));
}

test("a senior learns one thing more, and the suggestion follows with its reasons", async ({ browser, page }) => {
  const given = await inAGap(browser);
  await signInAs(page, "senior-nurse");
  await openRecord(page, given);
  await take(page);
  await triage(page, "E");
  await expect(page.getByText("Core community mental health").first()).toBeVisible();
  await expect(page.getByText("Talking therapy was not enough (they told us)").first()).toBeVisible();
  await expect(page.getByText("They are not a decision, and nothing follows from them by itself.").first()).toBeVisible();
  await page.getByRole("button", { name: "Write down what you learned" }).click();
  await expect(page.getByText("they told us: Yes").first()).toBeVisible();
  await choose(page, "sign-mild", "yes");
  await choose(page, "sign-psychosis", "no");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The suggestions follow from it.")).toBeVisible();
  await expect(page.getByText("Practical help and coping skills").first()).toBeVisible();
});

test("a decision that differs from every suggestion says why, and the record keeps what was shown", async ({ browser, page }) => {
  const given = await inAGap(browser);
  await signInAs(page, "senior-social-worker");
  await openRecord(page, given);
  await take(page);
  await triage(page, "E");
  await page.getByRole("button", { name: /accept/i }).click();
  await typeAcceptance(page);
  await page.getByRole("button", { name: /^Accept|^Save/ }).first().click();
  await slipped(page);
  await expect(page.getByText("Choose the suggestion this follows, or say that it differs").first()).toBeVisible();
  await choose(page, "follows", "-");
  await page.locator('[name="differs-reason"]').selectOption("persons-wish");
  await page.getByLabel("Why, in your words").fill("Wants to begin with her GP.");
  await page.getByRole("button", { name: /^Accept|^Save/ }).first().click();
  await expect(page.getByText("Decided differently")).toBeVisible();
  await expect(page.getByText("Wants to begin with her GP.")).toBeVisible();
  await page.goto(recordUrl(page));
  await expect(page.getByText(/Rules: edition \d+/)).toBeVisible();
});
