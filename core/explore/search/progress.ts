import type { Progress } from "../report.ts";
import type { Search } from "./search.ts";

export const progressOf = (search: Search): Progress => ({
  states: search.set.count,
  transitions: search.transitions,
  depth: search.depth,
  bytes: search.byteLength,
});

/** Does work a few milliseconds at a time, and yields after each how far the search is. */
export function* reporting<T>(
  search: Search,
  work: Generator<void, T, boolean | undefined>,
): Generator<Progress, T, boolean | undefined> {
  let answer: boolean | undefined;
  for (;;) {
    const { done, value } = work.next(answer);
    if (done) return value;
    answer = yield progressOf(search);
  }
}
