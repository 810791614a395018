// Exporting 100,000 customers through the real page, beside SheetJS, ExcelJS and PapaParse writing the same rows, which they
// are given ready made.
import { statSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { commit, createImport, pickFile, review, toRows } from "../end2end/fixtures/importing";
import { open } from "../end2end/fixtures/steps";
import { expect, test } from "../end2end/fixtures/test";

declare global {
  interface Window {
    working: number;
    longTasks: number[];
    write: (library: string, url: string, runs: number) => Promise<{ ms: number; bytes: number }[]>;
  }
}

const ROWS = 100_000;
const RUNS = 3;
const PEERS = { XLSX: ["sheetjs", "exceljs"], CSV: ["papaparse"] } as const;
const NAMES = { sheetjs: "SheetJS", exceljs: "ExcelJS", papaparse: "PapaParse" };

type Measured = { file: string; writer: string; write: number; whole?: number; bytes: number; memory: number | null; long?: number[] };

/** Counts the milliseconds in which the page waits for its worker, and its own long tasks. */
const watch = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(window, "showSaveFilePicker", { value: undefined });
    window.working = 0;
    window.longTasks = [];
    new PerformanceObserver((seen) => window.longTasks.push(...seen.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...given: Parameters<Worker["postMessage"]>) {
      const began = performance.now();
      const { id } = JSON.parse(given[0][0]);
      const hear = ({ data }: MessageEvent) => {
        const answer = JSON.parse(data[0]);
        if (answer.id !== id || answer.reply.progress) return;
        window.working += performance.now() - began;
        this.removeEventListener("message", hear);
      };
      this.addEventListener("message", hear);
      return post.apply(this, given);
    } as Worker["postMessage"];
  });

const ours = async (page: Page, browser: Browser, format: "XLSX" | "CSV"): Promise<Measured> => {
  const { peaks, growth } = await import("./peers.mjs");
  await watch(page);
  await page.goto("/customers/export");
  await page.getByRole("radio", { name: format === "CSV" ? "CSV" : "Excel (XLSX)", exact: true }).check();
  await expect(page.getByText(/customers$/).first()).toBeVisible();
  const before = await peaks(browser);
  await page.evaluate(() => {
    window.working = 0;
    window.longTasks = [];
  });
  const began = Date.now();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export list" }).click();
  const path = await (await waiting).path();
  const whole = Date.now() - began;
  const { working, longTasks } = await page.evaluate(() => ({ working: window.working, longTasks: window.longTasks }));
  return { file: format, writer: "Regulars", write: working, whole, bytes: statSync(path).size, memory: await growth(browser, before), long: longTasks };
};

test("export of 100,000 customers", async ({ page, shop }) => {
  const { list } = await import("./generate.mjs");
  const { chromium } = await import("@playwright/test");
  const { origin, peaks, growth, server } = await import("./peers.mjs");
  const { launch, median, save, table } = await import("./report.mjs");
  await page.goto("/");
  await open(page, "Customers");
  await pickFile(page, await list("csv", ROWS));
  await createImport(page);
  await toRows(page);
  await review(page);
  await commit(page);

  const measured: Measured[] = [];
  for (const format of ["XLSX", "CSV"] as const) {
    const runs: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const again = await shop.again();
      runs.push(await ours(again, again.context().browser()!, format));
      await again.context().close();
    }
    const middle = (of: (run: Measured) => number) => median(runs.map(of));
    measured.push({ ...runs[0], write: middle((run) => run.write), whole: middle((run) => run.whole ?? 0) });
    for (const library of PEERS[format]) {
      const browser = await launch(chromium);
      const other = await browser.newPage();
      await other.goto(`${origin}/index.html`);
      await other.waitForFunction(() => "write" in globalThis);
      const before = await peaks(browser);
      const written = await other.evaluate(([library, url, runs]) => window.write(library, url, runs), [library, `/files/customers-${ROWS}.csv`, RUNS] as const);
      measured.push({ file: format, writer: NAMES[library], write: median(written.map(({ ms }) => ms)), bytes: written[0].bytes, memory: await growth(browser, before) });
      await browser.close();
    }
  }
  server.close();
  const own = (file: string) => measured.find((found) => found.file === file)!;
  const times = (value: number, of: number) => `${(value / of).toFixed(1)} ×`;
  const lines = measured.map(({ file, writer, write, whole, bytes, memory, long }) => ({
    File: file,
    Writer: writer,
    "Write (ms)": write.toFixed(0),
    "of ours": whole ? "" : times(write, own(file).write),
    "Click to saved (ms)": whole?.toFixed(0) ?? "",
    "Size (MB)": (bytes / 1e6).toFixed(1),
    "Memory (MB)": memory?.toFixed(0) ?? "",
    "Tasks over 50 ms": long ? long.length : "",
  }));
  save("export", `Export of 100,000 customers with 20 columns:\n\n${table(lines)}\n"Write" of Regulars is all the time in which its page waits for its worker, pages taken in included.\n`);
});
