// Takes the data folder away when all went well; a failed run keeps its traces and its spool for a look.
import { rmSync } from "node:fs";

export default function teardown(): void {
  const folder = process.env.E2E_DATA;
  if (folder && !process.env.E2E_KEEP) rmSync(folder, { recursive: true, force: true });
}
