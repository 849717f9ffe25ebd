import { type Events, noEvents, replaceFrom } from "../client/webview/timeline/events.ts";
import { encodeBase64 } from "../debugger/memory/base64.ts";
import type { TimelineChunk } from "../debugger/views/timeline.ts";
import type { Benchmark } from "./harness.ts";

const EVENTS = 1_000_000;
const ADDED = 1000;

/** Events of three threads, each a store and its drain in turn. */
function chunk(from: number, length: number): TimelineChunk {
  const words = new Uint16Array(length);
  const operations = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const isDrain = (from + i) % 2 === 1;
    words[i] = 2 * (((from + i) >> 1) % 3) + (isDrain ? 1 : 0);
    operations[i] = isDrain ? -1 : 0;
  }
  return {
    from,
    to: from + length,
    threads: 3,
    words: encodeBase64(new Uint8Array(words.buffer)),
    operations: encodeBase64(new Uint8Array(operations.buffer)),
    instructions: [{ text: "mov $1, x", access: "store" }],
  };
}

let events: Events | undefined;
function million(): Events {
  if (!events) {
    events = noEvents();
    replaceFrom(events, chunk(0, EVENTS));
  }
  return events;
}

export default [
  {
    name: "timeline: taking up an event behind a million",
    amount: ADDED,
    unit: "events",
    run: () => {
      for (let i = 0; i < ADDED; i++) replaceFrom(million(), chunk(EVENTS + i, 1));
    },
  },
] satisfies Benchmark[];
