import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Each test has a server and a database of its own, so any number can run side by side.
  fullyParallel: true,
  workers: process.env.WORKERS ? Number(process.env.WORKERS) : 2,
  forbidOnly: Boolean(process.env.CI),
  // One bad second of a busy machine is no reason to refuse a change, but what passes only the second time is said to be
  // flaky, and is to be mended. At home it fails.
  retries: process.env.CI ? 1 : 0,
  // No test measures time: these only end what would never end.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["html", { outputFolder: "report", open: "never" }]],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    locale: "en-CA",
    timezoneId: "America/Toronto",
    // Recording each step takes a third of the time of a run. Who looks for a fault asks for it: TRACE=1 scripts/end2end …
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } }, grepInvert: /@phone/ },
    // Where the screen's size changes nothing, once is enough.
    { name: "phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, grepInvert: /@desktop/ },
  ],
});
