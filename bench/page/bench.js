// Runs one reader or writer several times over in one worker. The clock runs from handing the bytes over until the rows are
// there, or the other way round; fetching and loading the library are not counted.

const once = (worker, wanted) =>
  new Promise((done, failed) => {
    worker.onmessage = ({ data }) => wanted(data) && done(performance.now());
    worker.onerror = (event) => failed(new Error(event.message || "the worker died"));
  });

const bytesOf = async (url) => (await fetch(url)).arrayBuffer();

let held;

/** Fetches the file that is read next. */
globalThis.hold = async (url) => {
  held = await bytesOf(url);
};

/** The bytes of a file, to be given away. */
const given = async (url) => {
  const bytes = held ?? (await bytesOf(url));
  held = undefined;
  return bytes;
};

/** Our worker, loaded. */
async function start() {
  const worker = new Worker("/worker/boot.js", { type: "module" });
  const ready = once(worker, ([json]) => JSON.parse(json).id === 0);
  worker.postMessage([JSON.stringify({ id: 0, ask: "plan" })]);
  await ready;
  return worker;
}

async function ours(url, name, runs) {
  const worker = await start();
  const account = "01990000-0000-7000-8000-0000000000a1";
  const open = { file_name: name, kind: "customers", country: "CA", account, attributes: [], remembered: null, corrections: null };
  const times = [];
  for (let id = 1; id <= runs; id += 1) {
    const bytes = await given(url);
    let read;
    let opened;
    const done = once(worker, ([json]) => {
      const { reply } = JSON.parse(json);
      if (reply.progress?.step === "understanding") read ??= performance.now();
      opened = reply.opened;
      return !reply.progress;
    });
    const began = performance.now();
    worker.postMessage([JSON.stringify({ id, ask: { open } }), bytes], [bytes]);
    const ended = await done;
    if (!opened) throw new Error("the file was not read");
    times.push({ read: (read ?? ended) - began, opened: ended - began });
  }
  worker.terminate();
  return times;
}

async function peer(library, url, runs) {
  const worker = new Worker(`peer.js?name=${library}`);
  await once(worker, (data) => data === "ready");
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const bytes = await given(url);
    const done = once(worker, (data) => data === "read");
    const began = performance.now();
    worker.postMessage(bytes, [bytes]);
    times.push({ read: (await done) - began });
  }
  worker.terminate();
  return times;
}

globalThis.measure = (reader, url, name, runs) => (reader === "regulars" ? ours(url, name, runs) : peer(reader, url, runs));

/** Lets our worker write a list from its pages, which are there before the clock starts and are handed over at once. */
globalThis.writeOurs = async (plan, url, runs) => {
  const framed = await bytesOf(url);
  const worker = await start();
  let bytes = 0;
  const tell = (id, ask, ...buffers) => worker.postMessage([JSON.stringify({ id, ask }), ...buffers], buffers);
  const written = [];
  for (let run = 0; run < runs; run += 1) {
    const pages = [];
    for (let at = 0, length; at < framed.byteLength; at += 4 + length) {
      length = new DataView(framed).getUint32(at, true);
      pages.push(framed.slice(at + 4, at + 4 + length));
    }
    bytes = 0;
    const last = once(worker, ([json, ...pieces]) => {
      for (const piece of pieces) bytes += piece.byteLength;
      return JSON.parse(json).reply.exported;
    });
    const began = performance.now();
    tell(1, { begin_export: plan });
    for (const page of pages) tell(2, "take_page", page);
    tell(3, "take_changes", Uint8Array.of(0, 0, 0).buffer);
    tell(4, "write_export");
    written.push({ ms: (await last) - began, bytes });
  }
  worker.terminate();
  return written;
};

/** Lets another library write the rows of a list, which are there before the clock starts. */
globalThis.write = async (library, url, runs) => {
  const worker = new Worker(`writer.js?name=${library}`);
  const answer = () =>
    new Promise((done, failed) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = (event) => failed(new Error(event.message || "the worker died"));
    });
  await answer();
  worker.postMessage({ url, runs });
  const written = await answer();
  worker.terminate();
  return written;
};
