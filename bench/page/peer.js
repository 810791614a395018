// Another library in a worker: from the bytes of a file to rows that JavaScript can use.
const name = new URL(self.location).searchParams.get("name");
self.window = self;

const SOURCES = {
  papaparse: "/node_modules/papaparse/papaparse.min.js",
  udsv: "/node_modules/udsv/dist/uDSV.iife.min.js",
  sheetjs: "/node_modules/xlsx/dist/xlsx.full.min.js",
  sheetjs_dense: "/node_modules/xlsx/dist/xlsx.full.min.js",
  exceljs: "/node_modules/exceljs/dist/exceljs.min.js",
};

const text = (bytes) => new TextDecoder().decode(bytes);

const workbook = (bytes, options) => {
  const book = XLSX.read(bytes, options);
  return book.Sheets[book.SheetNames[0]];
};

const READ = {
  papaparse: (bytes) => Papa.parse(text(bytes), { skipEmptyLines: true }).data,
  udsv: (bytes) => {
    const csv = text(bytes);
    return uDSV.initParser(uDSV.inferSchema(csv)).stringArrs(csv);
  },
  sheetjs: (bytes) => workbook(bytes, { type: "array", cellDates: true }),
  // What its manual advises for large sheets.
  sheetjs_dense: (bytes) => workbook(bytes, { type: "array", cellDates: true, dense: true }),
  exceljs: async (bytes) => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes);
    return book.worksheets[0];
  },
};

importScripts(SOURCES[name]);
self.onmessage = async ({ data }) => {
  // Kept until the worker ends, as an app that shows the rows would.
  self.kept = await READ[name](data);
  self.postMessage("read");
};
self.postMessage("ready");
