// Runs one reader on one file several times over in one worker. The clock runs from handing the bytes over until the rows are
// there; fetching the file and loading the library are not counted.

const once = (worker, wanted) =>
  new Promise((done, failed) => {
    worker.onmessage = ({ data }) => wanted(data) && done(performance.now());
    worker.onerror = (event) => failed(new Error(event.message || "the worker died"));
  });

const bytesOf = async (url) => (await fetch(url)).arrayBuffer();

async function ours(url, name, runs) {
  const worker = new Worker("/worker/boot.js", { type: "module" });
  const ready = once(worker, ([json]) => JSON.parse(json).id === 0);
  worker.postMessage([JSON.stringify({ id: 0, ask: "plan" })]);
  await ready;

  const open = { file_name: name, kind: "customers", country: "CA", attributes: [], remembered: null, corrections: null };
  const times = [];
  for (let id = 1; id <= runs; id += 1) {
    const bytes = await bytesOf(url);
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
    const bytes = await bytesOf(url);
    const done = once(worker, (data) => data === "read");
    const began = performance.now();
    worker.postMessage(bytes, [bytes]);
    times.push({ read: (await done) - began });
  }
  worker.terminate();
  return times;
}

globalThis.measure = (reader, url, name, runs) => (reader === "regulars" ? ours(url, name, runs) : peer(reader, url, runs));

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
