import { decodeBase64 } from "../../../debugger/memory/base64.ts";
import type { TimelineChunk } from "../../../debugger/views/timeline.ts";
import { type Blocks, noBlocks, recount } from "./density.ts";
import { EDIT_WORD } from "./words.ts";

/** What an event is, for the eye. */
export type Mark = "none" | "load" | "store" | "locked" | "fence" | "drain" | "edit";

/** All events of the trace that the page knows, in columns. */
export interface Events {
  length: number;
  words: Uint16Array;
  operations: Int32Array;
  /** For a drain the index of its store, for a store that of its drain, otherwise -1. */
  partner: Int32Array;
  instructions: TimelineChunk["instructions"];
  threads: number;
  /** How many events of what kind are in each stretch, for pictures in which many fall into a pixel. */
  blocks: Blocks;
  /** By thread, what its store buffer has seen. */
  queues: Queue[];
}

/** Buffers are queues: the n-th drain of a thread belongs to its n-th store. */
interface Queue {
  /** Indices of the stores, in ascending order. */
  readonly stores: number[];
  /** Number of drains. */
  drained: number;
}

export const noEvents = (): Events => ({
  length: 0,
  words: new Uint16Array(1024),
  operations: new Int32Array(1024),
  partner: new Int32Array(1024),
  instructions: [],
  threads: 0,
  blocks: noBlocks,
  queues: [],
});

/** Puts a chunk in place of what was known from its beginning on. Takes time for what changes, not for all that is known. */
export function replaceFrom(
  events: Events,
  { from, threads, words, operations, instructions }: TimelineChunk,
): void {
  forgetFrom(events, from);
  const newWords = new Uint16Array(decodeBase64(words)!.buffer);
  const length = from + newWords.length;
  if (length > events.words.length) {
    const room = Math.max(length, events.words.length * 2);
    events.words = grown(events.words, new Uint16Array(room));
    events.operations = grown(events.operations, new Int32Array(room));
    events.partner = grown(events.partner, new Int32Array(room));
  }
  events.words.set(newWords, from);
  events.operations.set(new Int32Array(decodeBase64(operations)!.buffer), from);
  events.instructions = instructions;
  events.length = length;
  events.threads = threads;
  joinDrains(events, from);
  events.blocks = recount(events, from);
}

function grown<T extends Uint16Array | Int32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

export const threadOf = ({ words }: Events, i: number): number => words[i]! >> 1;

export function markOf({ words, operations, instructions }: Events, i: number): Mark {
  if (words[i] === EDIT_WORD) return "edit";
  if (words[i]! & 1) return "drain";
  return (instructions[operations[i]!]?.access ?? "none") as Mark;
}

/** One event in words. */
export function describe(events: Events, i: number): string {
  const mark = markOf(events, i);
  if (mark === "edit") return "a change by hand";
  const who = `T${threadOf(events, i)}`;
  if (mark !== "drain") return `${who}: ${events.instructions[events.operations[i]!]?.text ?? ""}`;
  const store = events.partner[i]!;
  const what = store >= 0 ? ` of ${events.instructions[events.operations[store]!]?.text ?? ""}` : "";
  return `${who}: drain${what}`;
}

/** Joins each drain from an index on with its store. */
function joinDrains(events: Events, from: number): void {
  const { length, partner } = events;
  partner.fill(-1, from, length);
  for (let i = from; i < length; i++) {
    const mark = markOf(events, i);
    if (mark !== "store" && mark !== "drain") continue;
    const queue = queueOf(events, i);
    if (mark === "store") queue.stores.push(i);
    else {
      const store = queue.stores[queue.drained++] ?? -1;
      partner[i] = store;
      if (store >= 0) partner[store] = i;
    }
  }
}

/** Takes the events from an index on out of the queues, the last first. */
function forgetFrom(events: Events, from: number): void {
  const { length, partner } = events;
  for (let i = length - 1; i >= from; i--) {
    const mark = markOf(events, i);
    if (mark === "store") queueOf(events, i).stores.pop();
    if (mark !== "drain") continue;
    queueOf(events, i).drained--;
    const store = partner[i]!;
    if (store >= 0) partner[store] = -1;
  }
  events.length = Math.min(length, from);
}

function queueOf(events: Events, i: number): Queue {
  const thread = threadOf(events, i);
  events.queues[thread] ??= { stores: [], drained: 0 };
  return events.queues[thread];
}
