import { Worker } from "node:worker_threads";
import type { Background } from "../platform.ts";

/** Runs a bundle in a worker thread. */
export function startWorkerThread<In, Out>(path: string): Background<In, Out> {
  const worker = new Worker(path);
  const background: Background<In, Out> = {
    send: (message, buffers) => worker.postMessage(message, buffers),
    end: () => void worker.terminate(),
    onMessage: () => {},
    onFailure: () => {},
  };
  worker.on("message", (message: Out) => background.onMessage(message));
  worker.on("error", (error) => background.onFailure(error.message));
  return background;
}
