import type { Question } from "../../core/explore/question.ts";

type Limits = Pick<Question, "bufferCapacity" | "maxStates" | "maxBytes">;

/** Entries of a store buffer, as `interleave explore` has it. */
const BUFFER = 8;

/** Small enough for every keystroke: a few tenths of a second at most. */
export const WHILE_TYPING: Limits = { bufferCapacity: BUFFER, maxStates: 200_000, maxBytes: 2 ** 26 };

/** For what a person asked for, and can stop. */
export const ON_DEMAND: Limits = {
  bufferCapacity: BUFFER,
  maxStates: Number.POSITIVE_INFINITY,
  maxBytes: 2 ** 30,
};

/** Longer texts are not explored while they are typed. */
export const LONGEST_TEXT = 64 * 1024;
