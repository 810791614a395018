// Customer lists for measuring: 20 columns, the same rows for the same seed.
import ExcelJS from "exceljs";
import { createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("files/", import.meta.url));
const SEED = 20_261;

/** mulberry32: small, seeded, good enough to vary a list. */
export const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const FIRST = ["Amélie", "Loïc", "Zoé", "José", "William", "Anaïs", "Chloé", "François", "Mia", "Noah", "Aïcha", "Björn", "Olivia", "Liam"];
const LAST = ["Tremblay", "Roy", "Nguyen", "García", "Müller", "Côté", "Bélanger", "Singh", "Chen", "O'Brien", "Lévesque", "Smith"];
const CITIES = ["Montréal", "Québec", "Lévis", "Gatineau", "Trois-Rivières", "Sherbrooke", "Ottawa"];
const CARS = ["Subaru Outback", "Kia Soul", "Honda Civic", "Ford F-150", "Toyota Corolla", "Mazda 3", "Hyundai Kona"];
const TAGS = ["winter tires", "fleet", "VIP", "leasing", "warranty"];

export const HEADERS = [
  "Reference", "First name", "Last name", "Company", "Cell phone", "Home phone", "E-mail", "Street", "City", "Region",
  "Postal code", "Country", "Birth date", "Language", "Vehicle", "Year", "Last visit", "Balance", "Tags", "Notes",
];

function* customers(count) {
  const next = random(SEED);
  const one = (list) => list[Math.floor(next() * list.length)];
  const date = (from, years) => new Date(Date.UTC(from + Math.floor(next() * years), Math.floor(next() * 12), 1 + Math.floor(next() * 28)));
  for (let i = 0; i < count; i += 1) {
    const first = one(FIRST);
    const last = one(LAST);
    yield [
      `R${String(i).padStart(7, "0")}`,
      first,
      last,
      next() < 0.1 ? `${last} & fils, inc.` : "",
      `514-${String(200 + Math.floor(i / 10_000)).padStart(3, "0")}-${String(i % 10_000).padStart(4, "0")}`,
      next() < 0.3 ? `450-555-${String(i % 10_000).padStart(4, "0")}` : "",
      `${first}.${last}${i}@example.com`.normalize("NFD").replace(/[^\w.@]/g, "").toLowerCase(),
      `${1 + Math.floor(next() * 9_999)} rue Principale`,
      one(CITIES),
      "QC",
      `G${1 + Math.floor(next() * 9)}A ${1 + Math.floor(next() * 9)}B${1 + Math.floor(next() * 9)}`,
      "CA",
      date(1940, 65),
      next() < 0.7 ? "fr" : "en",
      one(CARS),
      2005 + Math.floor(next() * 20),
      date(2020, 6),
      Math.round(next() * 100_000) / 100,
      next() < 0.4 ? `${one(TAGS)}; ${one(TAGS)}` : "",
      next() < 0.2 ? `Called about the "${one(CARS)}", will come back` : "",
    ];
  }
}

const csvCell = (value) => {
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

async function csv(path, count) {
  const out = createWriteStream(path);
  out.write(`${HEADERS.join(",")}\r\n`);
  for (const row of customers(count)) {
    if (!out.write(`${row.map(csvCell).join(",")}\r\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

async function xlsx(path, count) {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: true });
  const sheet = book.addWorksheet("Customers");
  sheet.addRow(HEADERS).commit();
  for (const row of customers(count)) {
    const line = sheet.addRow(row.map((value) => (value === "" ? null : value)));
    for (const column of [13, 17]) line.getCell(column).numFmt = "yyyy-mm-dd";
    line.commit();
  }
  sheet.commit();
  await book.commit();
}

/** The path of the list with `count` customers as `kind` ("csv" or "xlsx"), made if it is not there. */
export async function list(kind, count) {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}customers-${count}.${kind}`;
  if (!existsSync(path)) {
    const making = `${path}.part`;
    await (kind === "csv" ? csv : xlsx)(making, count);
    renameSync(making, path);
  }
  return path;
}
