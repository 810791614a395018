import { defineConfig } from "@playwright/test";
import base from "../end2end/playwright.config";

export default defineConfig(base, {
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: "results/app",
  timeout: 600_000,
  workers: 1,
  reporter: "line",
  use: { trace: "off" },
  projects: [{ name: "desktop", use: { viewport: { width: 1280, height: 800 } } }],
});
