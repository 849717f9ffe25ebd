import { servePartition } from "../../../core/explore/parallel/serve.ts";
import { scope } from "./scope.ts";

// A web worker of the explorer's; `cli/partition.ts` is the same for Node.
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.addEventListener("message", () => waiting.shift()?.());
channel.port1.start();

/** A timer would wait four milliseconds each time. */
function later(work: () => void): void {
  waiting.push(work);
  channel.port2.postMessage(undefined);
}

const receive = servePartition((message, buffers) => scope.postMessage(message, buffers), later);
scope.onmessage = ({ data }) => receive(data as Parameters<typeof receive>[0]);
