// Looks through what the program and its database wrote down during a run for anything that belongs to a person or opens a door.
// Must not know what the program may write instead: whatever it is, it is not one of these.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Something that must not stand in a log, and where it does. */
export interface Finding {
  readonly kind: string;
  readonly line: string;
}

/** What a run knows that must not be written down. */
export interface Planted {
  /** Names of people, and names and sentences that somebody typed. */
  readonly typed: readonly string[];
  /** Codes and keys of links that were handed out. */
  readonly handed: readonly string[];
  /** The words that phrases are made of. */
  readonly words: ReadonlySet<string>;
}

// Ids name no person, and a number in one is no telephone number and no code; times and durations are none either.
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIMES = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?/g;
const TOOK = /\bms"?[=:]\d[\d.e-]*/g;
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["a token or a hash", /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/i],
  ["an e-mail address", /[\w.+-]+@[\w-]+\.[a-z]{2,}/i],
  ["a telephone number", /(?<![\d.])(?:\+44|0)[ ]?\d(?:[ ]?\d){8,9}(?!\d)/],
  ["an NHS number", /(?<![\d.])999[ -]?\d{3}[ -]?\d{4}(?!\d)/],
  ["a password's hash", /\$argon2/],
  ["a cookie", /__Host-|set-cookie/i],
  ["an address with what was asked", /[?&][a-z]+=/],
];

/** Everything in a log that must not be there. Each line is told once. */
export function findings(log: string, planted: Planted): Finding[] {
  return log.split("\n").flatMap((whole) => {
    const line = whole.replace(IDS, "(id)").replace(TIMES, "(time)").replace(TOOK, "(ms)");
    const kind = kindOf(line, planted);
    return kind ? [{ kind, line: line.slice(0, 200) }] : [];
  });
}

function kindOf(line: string, planted: Planted): string | undefined {
  const shape = SHAPES.find(([, pattern]) => pattern.test(line));
  if (shape) return shape[0];
  if (planted.typed.some((text) => stands(line, text))) return "a name or what somebody typed";
  if (planted.handed.some((text) => stands(line, text))) return "a code or a link";
  return hasPhrase(line, planted.words) ? "a phrase" : undefined;
}

/** As a word or a sentence of its own: "Robin" does not stand in "Robinson". */
function stands(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const around = [line[at - 1] ?? " ", line[at + text.length] ?? " "];
    if (around.every((sign) => !/[\p{L}\p{N}]/u.test(sign))) return true;
  }
  return false;
}

function hasPhrase(line: string, words: ReadonlySet<string>): boolean {
  let run = 0;
  return line.toLowerCase().split(/[^a-z]+/).some((word) => {
    run = words.has(word) ? run + 1 : 0;
    return run >= 5;
  });
}

/** The names and sentences that scenarios type: short words and bare numbers are left to the shapes. */
export function typedIn(source: string): string[] {
  const typed = [...source.matchAll(/(?:fill|pressSequentially)\(\s*"((?:[^"\\]|\\.)+)"/g)].map((found) => found[1] ?? "");
  return [...new Set(typed)].filter((text) => text.length >= 5 && /\p{L}{3}/u.test(text) && /\p{Lu}/u.test(text));
}

/** The names of the invented people: staff by their whole name, everybody else by the surname they were given. */
export function namesIn(personas: string, phrases: string): string[] {
  const staff = [...personas.matchAll(/name: "([^"]+)"/g)].map((found) => found[1] ?? "");
  const surnames = /^surnames = \[(.*)\]$/m.exec(phrases)?.[1] ?? "";
  return [...staff, ...[...surnames.matchAll(/"([^"]+)"/g)].map((found) => found[1] ?? "")].filter((name) => name.length >= 4);
}

/** Codes and keys of links out of the messages that waited in the spool. */
export function handedOut(message: string): string[] {
  const text = message.replace(/=\r?\n/g, ""); // an e-mail breaks long lines
  const codes = text.match(/(?<!\d)\d{6}(?!\d)/g) ?? [];
  const keys = [...text.matchAll(/\/(?:question|status|answer|invitation|follow)\/\S*\/([\w-]{20,})/g)].map((found) => found[1] ?? "");
  return [...codes, ...keys];
}

function textsIn(folder: string, ending: RegExp): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile() && ending.test(file.name)).map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
}

/** Fails where the logs of a run in `folder` say anything of anybody, or say nothing at all. */
export function lookThrough(folder: string): void {
  const program = join(folder, "program.log");
  if (!existsSync(program)) return; // a program that listened already wrote elsewhere
  const logs = [program, join(folder, "data", "postgres.log")].filter((file) => existsSync(file));
  const here = join(import.meta.dirname, "..");
  const source = (path: string) => readFileSync(join(here, "../crates", path), "utf8");
  const typed = [...textsIn(join(here, "scenarios"), /\.ts$/), ...textsIn(join(here, "support"), /\.ts$/)];
  const planted: Planted = {
    typed: [...typed.flatMap(typedIn), ...namesIn(source("app/src/demo/personas.rs"), source("app/src/demo/stories/phrases.toml"))],
    handed: [...new Set(textsIn(join(folder, "data", "spool"), /./).flatMap(handedOut))],
    words: new Set(source("domain/src/value/phrase/words.txt").split(/\s+/).filter(Boolean)),
  };
  const read = logs.map((file) => readFileSync(file, "utf8")).join("\n");
  if (!/ request /.test(read) && !/"message":"request"/.test(read)) {
    throw new Error(`${program} holds no request: the look through the logs would prove nothing`);
  }
  const found = findings(read, planted);
  const lines = read.split("\n").length;
  console.log(`  logs: ${lines} lines, ${planted.typed.length} names and typed texts, ${planted.handed.length} codes and links, ${found.length} findings`);
  if (found.length > 0) {
    const told = found.slice(0, 20).map(({ kind, line }) => `  ${kind}: ${line}`);
    throw new Error(`the logs say what they must not say (${found.length} lines):\n${told.join("\n")}`);
  }
}
