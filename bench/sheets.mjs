// Reading spreadsheets: our worker beside PapaParse, uDSV, SheetJS and ExcelJS, each in a worker of one page of headless
// Chromium, on the same files: the first run, and the median of nine more in the same worker. Memory is the peak of the
// page's process above what it had once the file was there, so that the library counts and fetching the file does not.
import { chromium } from "@playwright/test";
import { statSync } from "node:fs";
import { basename } from "node:path";
import { list } from "./generate.mjs";
import { forget, growth, origin, peaks, server } from "./peers.mjs";
import { launch, median, table, save } from "./report.mjs";

const RUNS = 9;
const ROWS = process.env.ROWS ? process.env.ROWS.split(",").map(Number) : [10_000, 100_000];
const READERS = { csv: ["regulars", "papaparse", "udsv"], xlsx: ["regulars", "sheetjs", "sheetjs_dense", "exceljs"] };
const NAMES = { regulars: "Regulars", papaparse: "PapaParse", udsv: "uDSV", sheetjs: "SheetJS", sheetjs_dense: "SheetJS, dense", exceljs: "ExcelJS" };

async function inPage(work) {
  const browser = await launch(chromium);
  try {
    const page = await browser.newPage();
    await page.goto(`${origin}/index.html`);
    await page.waitForFunction(() => "measure" in globalThis);
    return await work(page, browser);
  } finally {
    await browser.close();
  }
}

const measure = (page, reader, file, runs) =>
  page.evaluate(([reader, url, name, runs]) => globalThis.measure(reader, url, name, runs), [reader, `/files/${basename(file)}`, basename(file), runs]);

const rows = [];
for (const kind of ["csv", "xlsx"]) {
  for (const count of ROWS) {
    const file = await list(kind, count);
    let own;
    for (const reader of READERS[kind]) {
      const [first, ...more] = await inPage((page) => measure(page, reader, file, 1 + RUNS));
      const memory = await inPage(async (page, browser) => {
        await page.evaluate((url) => globalThis.hold(url), `/files/${basename(file)}`);
        await forget(browser);
        const before = await peaks(browser);
        await measure(page, reader, file, 1);
        return growth(browser, before);
      });
      const read = median(more.map((run) => run.read));
      own ??= { read, memory };
      rows.push({
        File: `${kind.toUpperCase()}, ${count.toLocaleString("en")} × 20, ${(statSync(file).size / 1e6).toFixed(1)} MB`,
        Reader: NAMES[reader],
        "First (ms)": first.read.toFixed(0),
        "Read (ms)": read.toFixed(0),
        "of ours": reader === "regulars" ? "" : `${(read / own.read).toFixed(1)} ×`,
        "Ready to map (ms)": reader === "regulars" ? median(more.map((run) => run.opened)).toFixed(0) : "",
        "Memory (MB)": memory === null ? "" : memory.toFixed(0),
        "of our memory": reader === "regulars" || memory === null ? "" : `${(memory / own.memory).toFixed(1)} ×`,
      });
      process.stderr.write(`    ${rows.at(-1).File}: ${NAMES[reader]} ${read.toFixed(0)} ms\n`);
    }
  }
}
server.close();
save("sheets", `${table(rows)}\n"First" is the first file of a new worker, "Read" the median of ${RUNS} more in it. "Ready to map" adds what the others do not do: types, problems and suggestions for each column.\n`);
