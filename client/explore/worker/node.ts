import { parentPort } from "node:worker_threads";
import { createAnswerer } from "./body.ts";

const answer = createAnswerer((message) => parentPort!.postMessage(message));
parentPort!.on("message", answer);
