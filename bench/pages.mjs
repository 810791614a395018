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

/** Pages as the server packs them: postcard of `domain::export::PackedPage`. */
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
    const texts = [];
    const length = (value) => {
      const bytes = Buffer.from(value);
      texts.push(bytes);
      return bytes.length;
    };
    const page = rows.slice(from, from + PAGE);
    const ids = page.map((_, at) => id(from + at));
    whole(3);
    if (page.length === PAGE && from + PAGE < rows.length) out.push(1, ...ids.at(-1));
    else out.push(0);
    const head = out.splice(0);
    whole(page.length);
    page.forEach((row, at) => {
      out.push(...ids[at]);
      whole(2);
      const numbers = row.flatMap((value, column) => {
        if (value === null) return [0];
        const kind = KINDS[HEADERS[column]];
        if (kind === "texts") {
          const each = [...new Set(value.split("; "))];
          return [each.length * 8 + 2, ...each.map(length)];
        }
        if (kind === "date") return [length(value.toISOString().slice(0, 10)) * 8 + 3];
        if (kind === "number") return [length(String(value)) * 8 + 4];
        return [length(kind === "phone" ? `+1${value.replaceAll("-", "")}` : value) * 8 + 1];
      });
      whole(numbers.length);
      numbers.forEach(whole);
    });
    const body = out.splice(0);
    const all = Buffer.concat(texts);
    whole(all.length);
    pages.push(Uint8Array.from(Buffer.concat([Buffer.from(head), Buffer.from(out), all, Buffer.from(body)])).buffer);
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
