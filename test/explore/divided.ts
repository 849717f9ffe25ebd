import type { ExploreOptions } from "../../core/explore/options.ts";
import { coordinator, type Event } from "../../core/explore/parallel/coordinator.ts";
import type { PartitionThread } from "../../core/explore/parallel/crew.ts";
import { Partition } from "../../core/explore/parallel/partition.ts";
import { buffersOf, type FromPartition, type ToPartition } from "../../core/explore/parallel/protocol.ts";
import { servePartition } from "../../core/explore/parallel/serve.ts";
import type { ExploreReport } from "../../core/explore/report.ts";
import type { State } from "../../core/machine/state.ts";

/** Messages arrive as they do from another thread: as copies, and the sender's buffers are gone. */
const passed = <M extends ToPartition | FromPartition>(message: M): M =>
  structuredClone(message, { transfer: buffersOf(message) });

/** A thread that runs a partition, but for the thread. */
export function threadHere(): PartitionThread {
  let isEnded = false;
  const thread: PartitionThread = {
    send: (message, buffers) => {
      const copy = structuredClone(message, { transfer: buffers });
      setImmediate(() => isEnded || receive(copy));
    },
    end: () => {
      isEnded = true;
    },
    onMessage: () => {},
    onFailure: () => {},
  };
  const receive = servePartition((message) => {
    const copy = passed(message);
    setImmediate(() => isEnded || thread.onMessage(copy));
  }, setImmediate);
  return thread;
}

/**
 * Explores in so many partitions, all in this thread: `choose` says which of the partitions that have something to do is next.
 * @param stop whether to send the wish to end before an event
 */
export function exploreDivided(
  start: State,
  options: ExploreOptions,
  parts: number,
  { choose = () => 0, stop = () => false }: { choose?: (of: number) => number; stop?: () => boolean } = {},
): ExploreReport {
  const events: Event[] = [];
  const mail: ToPartition[][] = Array.from({ length: parts }, () => []);
  const active = new Set<number>();
  const partitions = mail.map(
    (_, index) =>
      new Partition(structuredClone(start), options, { index, parts }, (message) =>
        events.push({ kind: "message", from: index, message: passed(message) }),
      ),
  );
  const work = coordinator(start, options, parts);
  let step = work.next();
  while (!step.done) {
    for (const { to, message } of step.value.messages) {
      mail[to]!.push(passed(message));
      active.add(to);
    }
    const { busy } = step.value;
    while (events.length === 0 && !busy) {
      const ready = [...active];
      const index = ready[choose(ready.length)]!;
      const letter = mail[index]!.shift();
      if (letter) partitions[index]!.receive(letter);
      if (!partitions[index]!.turn() && mail[index]!.length === 0) active.delete(index);
    }
    step = work.next(stop() ? { kind: "stop" } : (events.shift() ?? { kind: "go" }));
  }
  return step.value;
}
