// The look through the logs at the end of a run finds what must not be there. No browser is needed to see that.
import { expect, test } from "@playwright/test";
import { findings, handedOut, namesIn, type Planted, typedIn } from "../support/logs.ts";

const planted: Planted = {
  typed: [
    ...typedIn('await page.fill("Marcus Webb"); x.fill("12"); y.fill("I cannot sleep."); z.fill(name);'),
    ...namesIn('    name: "Nadia Okonjo",', 'a = 1\nsurnames = ["Abara", "Yeo"]\n'),
  ],
  handed: handedOut("Your code is 482913.\nhttps://a.example/question/0190/abcdefghijklm=\r\nnopqrstuvwxyz\n"),
  words: new Set(["amber", "basket", "copper", "dune", "ember", "feather"]),
};
const BAD: readonly (readonly [string, string])[] = [
  ["an e-mail address", "a mail to ola.n@ashmere.example was not sent"],
  ["a telephone number", "texting 07700 900123"],
  ["a telephone number", "texting +447700900123"],
  ["an NHS number", "looked for 999 123 4567"],
  ["a token or a hash", `session ${"0123456789abcdef".repeat(4)} began`],
  ["a password's hash", "stored $argon2id$v=19"],
  ["a cookie", "cookie: __Host-session=1"],
  ["an address with what was asked", "GET /find?name=Webb"],
  ["a name or what somebody typed", "request by Marcus Webb."],
  ["a name or what somebody typed", "signed in: Nadia Okonjo"],
  ["a name or what somebody typed", "told M. Abara, by letter"],
  ["a name or what somebody typed", "DETAIL: (why)=(I cannot sleep.)"],
  ["a code or a link", "tried 482913"],
  ["a code or a link", "opened abcdefghijklmnopqrstuvwxyz"],
  ["a phrase", "the words are amber-basket-copper-dune-ember"],
];

for (const [kind, line] of BAD) {
  test(`the logs must not hold ${kind}: ${line.slice(0, 12)}`, { tag: ["@once", "@scripted"] }, () => {
    expect(findings(`fine\n${line}\nfine`, planted).map((finding) => finding.kind)).toEqual([kind]);
  });
}

test("the logs may say when, which route, how long, and which request", { tag: ["@once", "@scripted"] }, () => {
  const line = '2026-11-24T10:00:00.482913Z  INFO request id="901-3" method="GET" route="/referrals/{id}" status=200 ms=10.482913';
  const id = "ERROR a job was not done job=0193a1b2-0770-7900-8123-077009001234 tries=3";
  expect(findings(`${line}\n${id}\nMarcus Webbster: amber basket copper dune\n`, planted)).toEqual([]);
});
