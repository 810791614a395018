// Writes FILE.br and FILE.gz beside every file of a folder that gets smaller by it; the server sends what a browser takes.
//   node scripts/precompress.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
for (const { name, parentPath, path } of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
  if (/\.(br|gz|png|woff2)$/.test(name)) continue;
  const file = join(parentPath ?? path, name);
  const bytes = readFileSync(file);
  const packed = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    gz: gzipSync(bytes, { level: 9 }),
  };
  for (const [ending, content] of Object.entries(packed)) {
    if (content.length < bytes.length) writeFileSync(`${file}.${ending}`, content);
  }
}
