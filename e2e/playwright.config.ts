// The browser tests: one real program with a fresh demonstration county, one Chromium, scenarios as sentences.
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const port = Number(process.env.E2E_PORT ?? 8377);
const program = process.env.E2E_SERVER ?? "onedoor";
// Kept in the environment: the runner reads this file once for itself and once for each worker.
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), "onedoor-e2e-"));
// As root the private database runs as another user, who must be able to pass through.
chmodSync(process.env.E2E_DATA, 0o711);

export default defineConfig({
  testDir: "scenarios",
  outputDir: join(process.env.E2E_DATA, "results"),
  globalTeardown: "./support/teardown.ts",
  // Generous, so that a busy machine fails nothing by itself.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // One program and one county for all: two at once keeps both cores busy and finds what only two people at once find.
  workers: 2,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  use: {
    actionTimeout: 20_000,
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
    command: `"${program}" serve --demo --people 24 --data "${process.env.E2E_DATA}/data" --listen 127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/health/ready`,
    env: { ONEDOOR_METRICS_LISTEN: "off", ONEDOOR_LOG_LEVEL: "warn" },
    // For writing scenarios: a program that listens already is used as it is.
    reuseExistingServer: !!process.env.E2E_REUSE,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
