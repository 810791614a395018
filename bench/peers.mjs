// The page of libraries to compare with, and what a browser's processes cost.
import { createServer } from "node:http";
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".js": "text/javascript", ".html": "text/html", ".wasm": "application/wasm" };

export const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://bench").pathname));
  const file = [join(here, "page", path), join(here, path), join(here, "../public", path)].find((name) => existsSync(name) && statSync(name).isFile());
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-length": statSync(file).size });
  createReadStream(file).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
export const origin = `http://127.0.0.1:${server.address().port}`;

/** Where the system tells of the browser's page processes; nowhere on most. */
async function processes(browser) {
  const { processInfo } = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => `/proc/${id}`).filter((folder) => existsSync(`${folder}/status`));
}

/** Highest memory, in MB, that each of the browser's page processes ever had, or had since `forget`. */
export async function peaks(browser) {
  const peak = (folder) => Number(readFileSync(`${folder}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024;
  return new Map((await processes(browser)).map((folder) => [folder, peak(folder)]));
}

/** Lets the peaks begin anew, at what is in use. */
export async function forget(browser) {
  for (const folder of await processes(browser)) writeFileSync(`${folder}/clear_refs`, "5");
}

/** By how many MB the process that grew most did, since `before`; `null` where the system does not tell. */
export const growth = async (browser, before) => {
  const grown = [...(await peaks(browser))].map(([process, now]) => now - (before.get(process) ?? now));
  return grown.length ? Math.max(...grown) : null;
};
