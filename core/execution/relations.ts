import type { Execution, MemoryEvent } from "./execution.ts";

/**
 * The relations of axiomatic memory models between events: program order, reads-from, coherence, from-reads (a read and the next write to
 * its cell after the one that it read), and the two halves of a locked instruction.
 */
export type Relation = "po" | "rf" | "co" | "fr" | "rmw";

/** From one event to another, by their indices. */
export interface Edge {
  readonly relation: Relation;
  readonly from: number;
  readonly to: number;
}

/** The edges of an execution. Of orders (po, co) those between neighbours are given; the others follow. */
export function edgesOf(execution: Execution): Edge[] {
  return [...programOrder(execution), ...communication(execution)];
}

/** Program order between neighbours; where a locked instruction reads and writes it is `rmw`. */
function programOrder({ events }: Execution): Edge[] {
  const last = new Map<number, number>();
  return events.flatMap((event, to): Edge[] => {
    const from = last.get(event.thread);
    last.set(event.thread, to);
    if (from === undefined) return [];
    return [{ relation: sameInstruction(events[from]!, event) ? "rmw" : "po", from, to }];
  });
}

function communication({ events, source, coherence }: Execution): Edge[] {
  const edges: Edge[] = [...source].map(([to, from]) => ({ relation: "rf", from, to }));
  for (const writes of coherence.values()) {
    for (const [i, to] of writes.entries())
      if (i > 0) edges.push({ relation: "co", from: writes[i - 1]!, to });
  }
  for (const [from, event] of events.entries()) {
    if (event.kind !== "read") continue;
    const to = overwriting({ source, coherence }, from, event);
    if (to !== undefined && !sameInstruction(event, events[to]!)) edges.push({ relation: "fr", from, to });
  }
  return edges;
}

/** The first write that overwrites what an event read. A write that waits in its buffer comes after all that are in memory, but who knows when. */
function overwriting(
  { source, coherence }: Pick<Execution, "source" | "coherence">,
  read: number,
  { address }: MemoryEvent,
): number | undefined {
  const writes = coherence.get(address) ?? [];
  const from = source.get(read);
  if (from === undefined) return writes[0];
  const place = writes.indexOf(from);
  return place < 0 ? undefined : writes[place + 1];
}

const sameInstruction = (a: MemoryEvent, b: MemoryEvent): boolean =>
  a.thread === b.thread && a.transition === b.transition;
