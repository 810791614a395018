// Exporting 100,000 customers: through the real page, from click to file; and our worker beside SheetJS, ExcelJS and PapaParse,
// each writing the same rows, which are given to it ready made.
import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { commit, createImport, pickFile, review, toRows } from "../end2end/fixtures/importing";
import { open } from "../end2end/fixtures/steps";
import { expect, test } from "../end2end/fixtures/test";

declare global {
  interface Window {
    longTasks: number[];
    writeOurs: (plan: object, url: string, runs: number) => Promise<{ ms: number; bytes: number }[]>;
    write: (library: string, url: string, runs: number) => Promise<{ ms: number; bytes: number }[]>;
  }
}

const ROWS = 100_000;
const RUNS = 3;
/** Of a writer alone: engines take a few runs to warm up. */
const RUNS_ALONE = 7;
const PEERS = { XLSX: ["sheetjs", "exceljs"], CSV: ["papaparse"] } as const;
const NAMES = { sheetjs: "SheetJS", exceljs: "ExcelJS", papaparse: "PapaParse" };

type Whole = { whole: number; bytes: number; memory: number | null; long: number };
type Written = { ms: number; bytes: number };

/** Notes the page's long tasks. */
const watch = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(window, "showSaveFilePicker", { value: undefined });
    window.longTasks = [];
    new PerformanceObserver((seen) => window.longTasks.push(...seen.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });

const throughThePage = async (page: Page, browser: Browser, format: "XLSX" | "CSV"): Promise<Whole> => {
  const { peaks, growth } = await import("./peers.mjs");
  await watch(page);
  await page.goto("/customers/export");
  await page.getByRole("radio", { name: format === "CSV" ? "CSV" : "Excel (XLSX)", exact: true }).check();
  await expect(page.getByText(/customers$/).first()).toBeVisible();
  const before = await peaks(browser);
  await page.evaluate(() => {
    window.longTasks = [];
  });
  const began = Date.now();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export list" }).click();
  const path = await (await waiting).path();
  const whole = Date.now() - began;
  const long = await page.evaluate(() => window.longTasks.length);
  return { whole, bytes: statSync(path).size, memory: await growth(browser, before), long };
};

test("export of 100,000 customers", async ({ page, shop }) => {
  const { list } = await import("./generate.mjs");
  const { packed, plan } = await import("./pages.mjs");
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

  const whole: Record<string, string>[] = [];
  for (const format of ["XLSX", "CSV"] as const) {
    const runs: Whole[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const again = await shop.again();
      runs.push(await throughThePage(again, again.context().browser()!, format));
      await again.context().close();
    }
    whole.push({
      File: format,
      "Click to saved (ms)": median(runs.map((run) => run.whole)).toFixed(0),
      "Size (MB)": (runs[0].bytes / 1e6).toFixed(1),
      "Memory (MB)": runs[0].memory?.toFixed(0) ?? "",
      "Tasks over 50 ms": String(Math.max(...runs.map((run) => run.long))),
    });
  }

  // The database has written a lot; what follows is to be measured beside nothing.
  await page.close();
  await shop.server.stop();
  /** The writer alone, in a browser of its own. */
  const alone = async (write: (page: Page) => Promise<Written[]>) => {
    const browser = await launch(chromium);
    const page = await browser.newPage();
    await page.goto(`${origin}/index.html`);
    await page.waitForFunction(() => "write" in globalThis);
    const before = await peaks(browser);
    const [first, ...more] = await write(page);
    const memory = await growth(browser, before);
    await browser.close();
    return { first: first.ms, ms: median(more.map(({ ms }) => ms)), bytes: first.bytes, memory };
  };
  const lines: Record<string, string>[] = [];
  const pages = `/files/${basename(await packed(ROWS))}`;
  for (const format of ["XLSX", "CSV"] as const) {
    const own = (versions: boolean) => alone((page) => page.evaluate(([plan, url, runs]) => window.writeOurs(plan, url, runs), [plan(format.toLowerCase(), versions), pages, 1 + RUNS_ALONE] as const));
    // Other programs' files carry no versions to be imported again by: beside them stands the file without.
    const plain = await own(false);
    const line = (writer: string, { first, ms, bytes, memory }: typeof plain, compared: boolean) =>
      lines.push({
        File: format,
        Writer: writer,
        "First (ms)": first.toFixed(0),
        "Write (ms)": ms.toFixed(0),
        "of ours": compared ? `${(ms / plain.ms).toFixed(1)} ×` : "",
        "Size (MB)": (bytes / 1e6).toFixed(1),
        "Memory (MB)": memory?.toFixed(0) ?? "",
      });
    line("Regulars", plain, false);
    line("Regulars, with versions", await own(true), false);
    for (const library of PEERS[format]) {
      line(NAMES[library], await alone((page) => page.evaluate(([library, url, runs]) => window.write(library, url, runs), [library, `/files/customers-${ROWS}.csv`, 1 + RUNS_ALONE] as const)), true);
    }
  }
  server.close();
  save("export", `Export of 100,000 customers with 20 columns, through the page:\n\n${table(whole)}\nWriting them from rows that are there, without a server:\n\n${table(lines)}\n"First" is the first file of a new worker, "Write" the median of ${RUNS_ALONE} more in it.\n`);
});
