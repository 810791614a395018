// What the measurements share: the browser, medians, and tables.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("results/", import.meta.url));

export const launch = (chromium) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });

export const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

/** Markdown, aligned, of records with the same keys. */
export const table = (records) => {
  const keys = Object.keys(records[0]);
  const widths = keys.map((key) => Math.max(key.length, ...records.map((record) => String(record[key]).length)));
  const line = (cells) => `| ${cells.map((cell, i) => String(cell).padEnd(widths[i])).join(" | ")} |\n`;
  return line(keys) + line(widths.map((width) => "-".repeat(width))) + records.map((record) => line(keys.map((key) => record[key]))).join("");
};

/** Prints a result and keeps it in bench/results. */
export const save = (name, markdown) => {
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.md`, `${markdown}\n${machine}`);
  process.stdout.write(`\n${markdown}\n${machine}`);
};
