// The look at every page is itself looked at: each fault it is there for is found.
import { expect, test } from "../support/page.ts";
import { Lookout } from "../support/look.ts";

const GOOD = `<!DOCTYPE html><html lang="en-GB"><head><title>Page – Service</title></head><body>
<a href="#content">Skip to main content</a><main><div id="content"><h1>Page</h1><p>Ring 111.</p></div></main></body></html>`;

const FAULTS: [fault: string, from: string, to: string, said: RegExp][] = [
  ["no fault", "", "", /^$/],
  ["another language", "en-GB", "xx", /lang is .+xx/],
  ["a title that is not the heading", "<h1>Page", "<h1>Else", /is not the heading .+Else/],
  ["two main headings", "<p>", "<h1>Page</h1><p>", /2 main headings/],
  ["no number for a crisis", "111", "us", /no number for a crisis/],
  ["something too wide", "<p>", '<p style="width: 3000px">', /px to scroll sideways/],
  ["no way past the menu", '<a href="#content">Skip to main content</a>', "", /first stop is no link to the content/],
  ["an error that the title hides", "<h1>", '<div class="nhsuk-error-summary"></div><h1>', /do not agree/],
  ["a reader put somewhere", "<p>", "<input aria-label='Name'><script>document.querySelector('input').focus()</script><p>", /a new reader starts at INPUT/],
  ["a fault of a script", "<p>", "<script>missing()</script><p>", /missing is not defined/],
  ["words nobody can read", "<p>", '<p style="color: #eee">', /color-contrast/],
];

for (const [fault, from, to, said] of FAULTS) {
  test(`the look finds: ${fault}`, { tag: "@once" }, async ({ baseURL, browser }) => {
    const lookout = new Lookout(browser, true);
    const page = await lookout.follow(await (await browser.newContext()).newPage());
    // A fault that was looked for before is looked for again: the address and the words are new each time.
    const html = GOOD.replace(from, to).replaceAll("Page", `Page of ${fault}`);
    await page.route(`${baseURL}/looked-at`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await page.goto("/looked-at");
    const found = await lookout.end().then(() => "", (error: Error) => error.message);
    expect(found).toMatch(said);
    await page.context().close();
  });
}
