/** The programs of `examples/`, in the order in which one reads them. */
export const EXAMPLES: readonly string[] = [
  "racing-counter.s",
  "flag-lock.s",
  "test-and-set.s",
  "ticket-lock.s",
  "compare-and-swap.s",
  "two-locks.s",
  "routine.s",
  "store-buffering.s",
  "store-buffering-fenced.s",
  "message-passing.s",
  "peterson.s",
  "peterson-fenced.s",
  "store-buffering.litmus",
  "store-buffering-fenced.litmus",
  "message-passing.litmus",
  "two-plus-two-writes.litmus",
  "independent-reads.litmus",
  "locked-counter.litmus",
];

/** What a program says of itself: its first comment, or the title of a litmus test. */
export const titleOf = (text: string): string => /^(?:# |")(.*?)"?$/m.exec(text)?.[1] ?? "";
