// Looks through the logs, then takes the data folder away at the very end; with E2E_KEEP its traces and its spool stay for a look.
import { rmSync } from "node:fs";
import { lookThrough } from "./logs.ts";

export default function teardown(): void {
  const folder = process.env.E2E_DATA;
  if (folder) lookThrough(folder);
  if (!folder || process.env.E2E_KEEP) return;
  // Not now: the program still runs, and stops its database with what is in there.
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
}
