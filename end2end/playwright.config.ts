// Journeys run against the program that the tests are compiled with, and what browsers really get, on a fresh data directory, each once with JavaScript and once without.
import { defineConfig } from "@playwright/test";

const address = "127.0.0.1:3100";
const other = "127.0.0.1:3101";
// Debian's Chromium, as root and without a graphics card.
const launchOptions = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: "tests",
  workers: 2,
  // For machines that are five times slower than a desk's: a journey that is stuck fails as surely, only later.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env.CI,
  // A browser that falls over is not the product's failure; what is broken fails twice.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"], ["json", { outputFile: "test-results/results.json" }]],
  use: {
    baseURL: `http://${address}`,
    browserName: "chromium",
    launchOptions,
    // Recording costs a slow machine half its time, so there only what failed once is recorded.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "js" },
    // Without the frame's script every page is a new document, as where it fell over or is blocked.
    { name: "blocked", testMatch: ["corrections.spec.ts", "technician.spec.ts"] },
    { name: "nojs", testIgnore: "**/*.hydrate.spec.ts", use: { javaScriptEnabled: false } },
  ],
  webServer: [
    { command: "node mail_catcher.mjs 3125 3126", url: "http://127.0.0.1:3126/" },
    {
      command: `../.ci/serve-for-tests.sh ${address} ${other} smtp://127.0.0.1:3125`,
      url: `http://${address}/readyz`,
      timeout: 120_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
      stdout: "pipe",
    },
    // Playwright waits for it, and it answers when both servers do.
    { command: "node proxy.mjs 3102 3100 3101", url: "http://127.0.0.1:3102/readyz", timeout: 120_000 },
  ],
});
