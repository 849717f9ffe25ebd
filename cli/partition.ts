import { parentPort, workerData } from "node:worker_threads";
import { buffersOf, type ToPartition } from "../core/explore/parallel/protocol.ts";
import { partitionOf, type Seed } from "../core/explore/parallel/seed.ts";

// The worker's body: one partition of a divided exploration, see `explore-divided.ts`.
const port = parentPort!;
const partition = partitionOf(workerData as Seed, (message) => port.postMessage(message, buffersOf(message)));
let working = false;

/** Between two turns messages come in. */
function work(): void {
  working = partition.turn();
  if (working) setImmediate(work);
}

port.on("message", (message: ToPartition) => {
  partition.receive(message);
  if (!working) work();
});
