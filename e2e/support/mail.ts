// What the program wrote for somebody by e-mail: in these tests it lies in the spool, one file a message.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";

/** The messages to an address, each as one text without the line breaks of its encoding. */
function mails(to: string): string[] {
  const spool = join(process.env.E2E_DATA ?? "", "data", "spool");
  const files = readdirSync(spool).filter((name) => name.endsWith(".eml"));
  const texts = files.map((name) => readFileSync(join(spool, name), "utf8").replace(/=\r?\n/g, ""));
  return texts.filter((text) => text.includes(to));
}

/** The link of this kind in a message to an address, once the worker has written it. */
export async function linkTo(to: string, kind: RegExp): Promise<string> {
  let found: string | undefined;
  await expect(() => {
    found = mails(to).map((text) => kind.exec(text)?.[0]).find(Boolean);
    expect(found, `no link for ${to}`).toBeTruthy();
  }).toPass({ timeout: 30_000 });
  return found ?? "";
}
