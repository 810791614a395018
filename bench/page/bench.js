// Runs one reader on one file in a new worker, as an app does that starts one worker for each file. The clock runs from
// handing the bytes over until the rows are there; loading the library is not counted.

const once = (worker, wanted) =>
  new Promise((done, failed) => {
    worker.onmessage = ({ data }) => wanted(data) && done(performance.now());
    worker.onerror = (event) => failed(new Error(event.message || "the worker died"));
  });

async function ours(url, name) {
  const bytes = await (await fetch(url)).arrayBuffer();
  const worker = new Worker("/worker/boot.js", { type: "module" });
  const answered = (id) => once(worker, ([json]) => JSON.parse(json).id === id && !JSON.parse(json).reply.progress);
  const ready = answered(0);
  worker.postMessage([JSON.stringify({ id: 0, ask: "plan" })]);
  await ready;

  const open = { file_name: name, kind: "customers", country: "CA", attributes: [], remembered: null, corrections: null };
  let read;
  let opened;
  const done = once(worker, ([json]) => {
    const { reply } = JSON.parse(json);
    if (reply.progress?.step === "understanding") read ??= performance.now();
    opened = reply.opened;
    return !reply.progress;
  });
  const began = performance.now();
  worker.postMessage([JSON.stringify({ id: 1, ask: { open } }), bytes], [bytes]);
  const ended = await done;
  if (!opened) throw new Error("the file was not read");
  worker.terminate();
  return { read: (read ?? ended) - began, opened: ended - began };
}

async function peer(library, url) {
  const bytes = await (await fetch(url)).arrayBuffer();
  const worker = new Worker(`peer.js?name=${library}`);
  await once(worker, (data) => data === "ready");
  const done = once(worker, (data) => data === "read");
  const began = performance.now();
  worker.postMessage(bytes, [bytes]);
  const read = (await done) - began;
  worker.terminate();
  return { read };
}

globalThis.measure = (reader, url, name) => (reader === "regulars" ? ours(url, name) : peer(reader, url));
