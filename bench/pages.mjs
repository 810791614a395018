// What the server sends of a list that is exported, made here without one: the same rows for the same list.
import { createRequire } from "node:module";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { HEADERS, list, random } from "./generate.mjs";

const PAGE = 5_000;
const KINDS = { "Cell phone": "phone", "Home phone": "phone", "E-mail": "email", "Birth date": "date", Year: "number", "Last visit": "date", Balance: "number", Tags: "texts" };
export const ACCOUNT = "01990000-0000-7000-8000-0000000000a1";
const require = createRequire(import.meta.url);

/** Rows with their types, as an app has them. */
export function typed(csv) {
  const Papa = require("papaparse");
  const [titles, ...rows] = Papa.parse(csv, { skipEmptyLines: true }).data;
  const types = titles.map((title) => (KINDS[title] === "date" ? (text) => new Date(text) : KINDS[title] === "number" ? Number : String));
  return [titles, ...rows.map((row) => row.map((text, column) => (text === "" ? null : types[column](text))))];
}

/** Pages as the server packs them: postcard of `domain::export::ExportPage`. */
export function pages(rows) {
  const next = random(7);
  const pages = [];
  const id = (number) => {
    const bytes = Buffer.alloc(17, 16);
    bytes.writeUIntBE(0x019900000000 + Math.floor(number / 100), 1, 6);
    for (let at = 7; at < 17; at += 1) bytes[at] = Math.floor(next() * 256);
    return bytes;
  };
  for (let from = 0; from < rows.length; from += PAGE) {
    const out = [];
    const whole = (number) => {
      while (number > 127) {
        out.push((number & 127) | 128);
        number >>>= 7;
      }
      out.push(number);
    };
    const text = (value) => {
      const bytes = Buffer.from(value);
      whole(bytes.length);
      for (const byte of bytes) out.push(byte);
    };
    const page = rows.slice(from, from + PAGE);
    const ids = page.map((_, at) => id(from + at));
    whole(3);
    if (page.length === PAGE && from + PAGE < rows.length) out.push(1, ...ids.at(-1));
    else out.push(0);
    whole(page.length);
    page.forEach((row, at) => {
      out.push(...ids[at]);
      whole(2);
      whole(row.length);
      row.forEach((value, column) => {
        if (value === null) return out.push(0);
        out.push(1);
        const kind = KINDS[HEADERS[column]];
        if (kind === "texts") {
          const texts = [...new Set(value.split("; "))];
          whole(1);
          whole(texts.length);
          texts.forEach(text);
        } else if (kind === "date") {
          whole(2);
          text(value.toISOString().slice(0, 10));
        } else if (kind === "number") {
          whole(3);
          text(String(value));
        } else {
          whole(0);
          text(kind === "phone" ? `+1${value.replaceAll("-", "")}` : value);
        }
      });
    });
    pages.push(Uint8Array.from(out).buffer);
  }
  return pages;
}

export const plan = (format, versions) => ({
  format,
  title: "Customers",
  author: "Garage",
  created: "2026-11-26T12:00:00Z",
  columns: HEADERS.map((header) => ({ header, kind: KINDS[header] ?? "text" })),
  versions: versions ? ACCOUNT : null,
});

/** The path of a file with the pages of the list with `count` customers, each behind its length. */
export async function packed(count) {
  const csv = await list("csv", count);
  const path = `${csv}.pages`;
  if (!existsSync(path)) {
    const framed = pages(typed(readFileSync(csv, "utf8")).slice(1)).flatMap((page) => [Uint32Array.of(page.byteLength), new Uint8Array(page)]);
    writeFileSync(`${path}.part`, Buffer.concat(framed.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))));
    renameSync(`${path}.part`, path);
  }
  return path;
}
