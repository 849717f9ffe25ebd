import { parentPort } from "node:worker_threads";
import { servePartition } from "../core/explore/parallel/serve.ts";

// A worker thread of `explore-task.ts`, and of the editor's explorer.
const port = parentPort!;
port.on(
  "message",
  servePartition((message, buffers) => port.postMessage(message, buffers), setImmediate),
);
