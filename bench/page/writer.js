// Another library in a worker: from rows that JavaScript has to the bytes of a file.
const name = new URL(self.location).searchParams.get("name");
self.window = self;

const SOURCES = {
  papaparse: "/node_modules/papaparse/papaparse.min.js",
  sheetjs: "/node_modules/xlsx/dist/xlsx.full.min.js",
  exceljs: "/node_modules/exceljs/dist/exceljs.min.js",
};

const WRITE = {
  papaparse: (rows) => new TextEncoder().encode(`\uFEFF${Papa.unparse(rows, { escapeFormulae: true })}`),
  sheetjs: (rows) => {
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows, { dense: true, cellDates: true }), "Customers");
    return XLSX.write(book, { type: "array", bookType: "xlsx" });
  },
  exceljs: (rows) => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet("Customers").addRows(rows);
    return book.xlsx.writeBuffer();
  },
};

/** The rows of a list with their types, as an app has them. */
const rowsOf = (csv) => {
  const [titles, ...rows] = Papa.parse(csv, { skipEmptyLines: true }).data;
  const types = titles.map((title) => (/date|visit/i.test(title) ? (text) => new Date(text) : /year|balance/i.test(title) ? Number : String));
  return [titles, ...rows.map((row) => row.map((text, column) => (text === "" ? null : types[column](text))))];
};

importScripts(SOURCES.papaparse, SOURCES[name]);
self.onmessage = async ({ data: { url, runs } }) => {
  const rows = rowsOf(await (await fetch(url)).text());
  const written = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    const file = await WRITE[name](rows);
    written.push({ ms: performance.now() - began, bytes: file.byteLength });
  }
  self.postMessage(written);
};
self.postMessage("ready");
