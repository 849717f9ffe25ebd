import type { Transition } from "../machine/transition.ts";

/** A schedule as it grows: one 16-bit word a transition, so that millions fit and any index is reached at once. */
export interface ScheduleLog {
  length: number;
  words: Uint16Array;
}

/** A thread number must be below this to fit into a word. */
export const MOST_THREADS = 1 << 14;

/** @param room transitions that it is made for; there may be more */
export const createLog = (room = 1024): ScheduleLog => ({ length: 0, words: new Uint16Array(room) });

/** A transition as a word: the thread doubled, plus 1 for a drain. */
export const wordOf = (thread: number, kind: Transition["kind"]): number =>
  thread * 2 + (kind === "drain" ? 1 : 0);

export const transitionOf = (word: number): Transition => ({
  thread: word >> 1,
  kind: word & 1 ? "drain" : "execute",
});

export function append(log: ScheduleLog, word: number, count = 1): void {
  const length = log.length + count;
  makeRoom(log, length);
  log.words.fill(word, log.length, length);
  log.length = length;
}

export function appendAll(log: ScheduleLog, words: Uint16Array): void {
  const length = log.length + words.length;
  makeRoom(log, length);
  log.words.set(words, log.length);
  log.length = length;
}

function makeRoom(log: ScheduleLog, length: number): void {
  if (length <= log.words.length) return;
  const larger = new Uint16Array(Math.max(length, log.words.length * 2));
  larger.set(log.words.subarray(0, log.length));
  log.words = larger;
}

/** Calls `visit` for each stretch of equal words from index `start` to `end`. */
export function forEachStretch(
  log: ScheduleLog,
  start: number,
  end: number,
  visit: (word: number, count: number) => void,
): void {
  for (let i = start; i < end; ) {
    const word = log.words[i]!;
    let next = i + 1;
    while (next < end && log.words[next] === word) next++;
    visit(word, next - i);
    i = next;
  }
}
