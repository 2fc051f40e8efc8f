// The browser tests: one real program with a fresh demonstration county, one Chromium, scenarios as sentences.
// Each scenario runs three times: on an office screen, on a small phone, and without JavaScript. Tagged `@once`, it runs on
// the office screen alone; tagged `@scripted`, it is about what only JavaScript can do.
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { PHONE, WIDE } from "./support/sizes.ts";

const port = Number(process.env.E2E_PORT ?? 8377);
const program = process.env.E2E_SERVER ?? "onedoor";
// Kept in the environment: the runner reads this file once for itself and once for each worker.
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), "onedoor-e2e-"));
// As root the private database runs as another user, who must be able to pass through.
chmodSync(process.env.E2E_DATA, 0o711);

// They change what the whole county shares.
const once = /setup\.spec\.ts$/;

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
  projects: [
    { name: "wide" },
    { name: "phone", use: { viewport: PHONE }, grepInvert: /@once/, testIgnore: once },
    { name: "unscripted", use: { javaScriptEnabled: false }, grepInvert: /@once|@scripted/, testIgnore: once },
  ],
  use: {
    actionTimeout: 20_000,
    baseURL: `http://127.0.0.1:${port}`,
    locale: "en-GB",
    timezoneId: "Europe/London",
    viewport: WIDE,
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM || "/usr/bin/chromium-headless-shell",
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
    // What it says goes into a file, which is looked through at the end (support/logs.ts); `exec`, so that a signal reaches it.
    command: `exec "${program}" serve --demo --people 24 --data "${process.env.E2E_DATA}/data" --listen 127.0.0.1:${port} 2>"${process.env.E2E_DATA}/program.log"`,
    url: `http://127.0.0.1:${port}/health/ready`,
    env: { ONEDOOR_METRICS_LISTEN: "off", ONEDOOR_LOG_LEVEL: "debug", ONEDOOR_TRUSTED_PROXY: "127.0.0.1" },
    // For writing scenarios: a program that listens already is used as it is.
    reuseExistingServer: !!process.env.E2E_REUSE,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "ignore",
  },
});
