import init, { Worker } from "./sheets_worker.js";

// The handler is there at once, because a message that finds none is lost. What goes wrong reaches the page as an error of
// its worker.
const ready = init().then(() => new Worker());
ready.catch(reportError);
onmessage = ({ data }) => ready.then((worker) => worker.hear(data)).catch(reportError);
