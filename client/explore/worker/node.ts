import { availableParallelism } from "node:os";
import { parentPort } from "node:worker_threads";
import { startWorkerThread } from "../../background/node.ts";
import { createAnswerer } from "./body.ts";

const answer = createAnswerer((message) => parentPort!.postMessage(message), {
  cores: availableParallelism(),
  startThread: startWorkerThread,
});
parentPort!.on("message", answer);
