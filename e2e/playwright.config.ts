// The browser tests: one real program with a fresh demonstration county, one Chromium, scenarios as sentences.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const port = Number(process.env.E2E_PORT ?? 8377);
const program = process.env.E2E_SERVER ?? "onedoor";
// Kept in the environment: the runner reads this file once for itself and once for each worker.
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), "onedoor-e2e-"));

export default defineConfig({
  testDir: "scenarios",
  outputDir: join(process.env.E2E_DATA, "results"),
  globalTeardown: "./support/teardown.ts",
  timeout: 45_000,
  expect: { timeout: 7_000 },
  // One program and one county for all: two at once keeps both cores busy and finds what only two people at once find.
  workers: 2,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "en-GB",
    timezoneId: "Europe/London",
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM || "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `"${program}" serve --demo --people 60 --data "${process.env.E2E_DATA}/data" --listen 127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/health/ready`,
    env: { ONEDOOR_METRICS_LISTEN: "off", ONEDOOR_LOG_LEVEL: "warn" },
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
