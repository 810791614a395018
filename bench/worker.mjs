// The worker by itself, in Node: reading and writing 100,000 rows without a browser, a page or a server around it. What is
// measured here can be measured again after each change, in a minute.
//   node bench/worker.mjs [read|write] [peers]
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { list } from "./generate.mjs";
import { ACCOUNT, pages, plan, typed } from "./pages.mjs";
import { median, save, table } from "./report.mjs";

const ROWS = 100_000;
const RUNS = 7;
// Another build of the worker, to be compared with.
const folder = process.env.WORKER ?? fileURLToPath(new URL("../public/worker/", import.meta.url));
const here = fileURLToPath(import.meta.url);
const require = createRequire(import.meta.url);

/** Peak memory of this process, in MB. */
const peak = () => process.resourceUsage().maxRSS / 1024;

/** A worker without a thread: `ask` answers with the reply, the buffers beside it, and the steps that it told of. */
async function worker() {
  const { default: init, Worker } = await import(`${folder}sheets_worker.js`);
  const wasm = await init({ module_or_path: readFileSync(`${folder}sheets_worker_bg.wasm`) });
  const inside = new Worker();
  let heard;
  globalThis.postMessage = ([json, ...buffers]) => {
    const { reply } = JSON.parse(json);
    if (reply.progress) heard.steps.push([reply.progress.step, performance.now()]);
    else heard.reply = reply;
    heard.buffers.push(...buffers);
  };
  const ask = (ask, ...buffers) => {
    heard = { steps: [], buffers: [] };
    inside.hear([JSON.stringify({ id: 1, ask }), ...buffers]);
    return heard;
  };
  return { ask, memory: () => wasm.memory.buffer.byteLength / 2 ** 20 };
}

const length = (buffers) => buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);

const ONE = {
  async read(path) {
    const { ask, memory } = await worker();
    const open = { file_name: basename(path), kind: "customers", country: "CA", account: ACCOUNT, attributes: [], remembered: null, corrections: null };
    const times = [];
    let first;
    for (let run = 0; run <= RUNS; run += 1) {
      const file = readFileSync(path);
      const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
      const began = performance.now();
      const { reply, steps } = ask({ open }, bytes);
      const ended = performance.now();
      if (!reply.opened) throw new Error(JSON.stringify(reply));
      const read = steps.find(([step]) => step === "understanding")?.[1] ?? ended;
      times.push({ read: read - began, opened: ended - began });
      first ??= memory();
    }
    return { first: times[0], read: median(times.slice(1).map(({ read }) => read)), opened: median(times.slice(1).map(({ opened }) => opened)), memory: first };
  },

  async write(path, format, versions) {
    const made = pages(typed(readFileSync(path, "utf8")).slice(1));
    const { ask, memory } = await worker();
    const times = [];
    let first;
    let size;
    for (let run = 0; run <= RUNS; run += 1) {
      const copies = made.map((page) => page.slice(0));
      const began = performance.now();
      ask({ begin_export: plan(format, versions === "true") });
      const buffers = copies.flatMap((page) => ask("take_page", page).buffers);
      const taken = performance.now();
      buffers.push(...ask("take_changes", Uint8Array.of(0, 0, 0).buffer).buffers);
      const { reply, buffers: last } = ask("write_export");
      buffers.push(...last);
      const ended = performance.now();
      if (reply.exported?.rows !== ROWS) throw new Error(JSON.stringify(reply));
      times.push({ take: taken - began, whole: ended - began });
      size = length(buffers);
      first ??= memory();
      if (run === RUNS && process.env.KEEP) writeFileSync(`${path}.exported.${format}`, Buffer.concat(buffers.map((buffer) => Buffer.from(buffer))));
    }
    return { first: times[0].whole, take: median(times.slice(1).map(({ take }) => take)), whole: median(times.slice(1).map(({ whole }) => whole)), size, memory: first };
  },

  papaparse_read: (path) => peer(() => readFileSync(path), (bytes) => require("papaparse").parse(new TextDecoder().decode(bytes), { skipEmptyLines: true }).data),
  sheetjs_read: (path) => peer(() => readFileSync(path), (bytes) => require("xlsx").read(bytes, { type: "array", dense: true, cellDates: true })),
  papaparse: (path) => peer(() => typed(readFileSync(path, "utf8")), (rows) => new TextEncoder().encode(`\uFEFF${require("papaparse").unparse(rows, { escapeFormulae: true })}`)),
  sheetjs: (path) =>
    peer(
      () => typed(readFileSync(path, "utf8")),
      (rows) => {
        const { utils, write } = require("xlsx");
        const book = utils.book_new();
        utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { dense: true, cellDates: true }), "Customers");
        return new Uint8Array(write(book, { type: "array", bookType: "xlsx" }));
      },
    ),
  exceljs: (path) =>
    peer(
      () => typed(readFileSync(path, "utf8")),
      (rows) => {
        const book = new (require("exceljs").Workbook)();
        book.addWorksheet("Customers").addRows(rows);
        return book.xlsx.writeBuffer();
      },
    ),
};

async function peer(given, work) {
  const [times, before] = [[], given() && peak()];
  let done;
  for (let run = 0; run < 3; run += 1) {
    const from = given();
    const began = performance.now();
    done = await work(from);
    times.push(performance.now() - began);
  }
  return { whole: median(times), size: done.byteLength ?? done.length, memory: peak() - before };
}

const [what = "", ...given] = process.argv.slice(2);
if (what === "--one") {
  process.stdout.write(JSON.stringify(await ONE[given[0]](...given.slice(1))));
} else {
  // Each in a process of its own, one after the other.
  const one = (...given) => JSON.parse(execFileSync(process.execPath, ["--max-old-space-size=8000", here, "--one", ...given.map(String)], { encoding: "utf8" }));
  const ms = (number) => number.toFixed(0);
  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  const withPeers = [what, ...given].includes("peers");
  const files = { csv: await list("csv", ROWS), xlsx: await list("xlsx", ROWS) };
  const results = [];
  if (what !== "write") {
    for (const kind of ["csv", "xlsx"]) {
      const { first, read, opened, memory } = one("read", files[kind]);
      results.push({ What: `read ${kind}`, "First (ms)": ms(first.read), "Median (ms)": ms(read), "Ready (ms)": ms(opened), "Size (MB)": "", "Memory (MB)": ms(memory) });
    }
  }
  if (what !== "read") {
    for (const [format, versions] of [["csv", true], ["csv", false], ["xlsx", true], ["xlsx", false]]) {
      const { first, take, whole, size, memory } = one("write", files.csv, format, versions);
      results.push({ What: `write ${format}${versions ? "" : ", no versions"}`, "First (ms)": ms(first), "Median (ms)": ms(whole), "Ready (ms)": `${ms(take)} of it taking`, "Size (MB)": mb(size), "Memory (MB)": ms(memory) });
    }
  }
  if (withPeers) {
    for (const [name, file] of [["papaparse_read", "csv"], ["sheetjs_read", "xlsx"], ["papaparse", "csv"], ["sheetjs", "csv"], ["exceljs", "csv"]]) {
      if (what === (name.endsWith("read") ? "write" : "read")) continue;
      const { whole, size, memory } = one(name, files[file]);
      results.push({ What: name, "First (ms)": "", "Median (ms)": ms(whole), "Ready (ms)": "", "Size (MB)": size ? mb(size) : "", "Memory (MB)": ms(memory) });
    }
  }
  save("worker", `The worker in Node, 100,000 rows of 20 columns; its memory is that of its module, theirs is that of the process:\n\n${table(results)}`);
}
