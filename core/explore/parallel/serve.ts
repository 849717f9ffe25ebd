import type { Partition } from "./partition.ts";
import { buffersOf, type FromPartition, type ToPartition } from "./protocol.ts";
import { partitionOf, type Seed } from "./seed.ts";

/**
 * The body of a thread that runs one partition of a divided exploration.
 * @param send where the partition's messages go
 * @param later calls back when messages have had time to come in
 * @returns what to do with each message that comes
 */
export function servePartition(
  send: (message: FromPartition, buffers: ArrayBuffer[]) => void,
  later: (work: () => void) => void,
): (message: Seed | ToPartition) => void {
  let partition: Partition | undefined;
  let working = false;
  const work = (): void => {
    working = partition!.turn();
    if (working) later(work);
  };
  return (message) => {
    if ("place" in message) partition = partitionOf(message, (m) => send(m, buffersOf(m)));
    else {
      partition!.receive(message);
      if (!working) work();
    }
  };
}
