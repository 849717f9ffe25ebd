import { load } from "../core/load/load.ts";
import { advance, createRun, type Run } from "../core/run/run.ts";

/** Two threads that count to the same variable without a lock, `rounds` times each; seven instructions a round. */
export const loopingRace = (rounds: number): string => `#@ run -t 2 -a bx=${rounds}
.var count
.top
mov count, %ax
add $1, %ax
mov %ax, count
sub $1, %bx
test $0, %bx
jgt .top
halt
`;

/** A run of a text from its start, with the flags of its `#@ run` line. */
export function newRun(text: string): Run {
  const { program, configuration, diagnostics } = load(text, { name: "bench", values: {}, runLine: true });
  if (!program || !configuration) throw new Error(JSON.stringify(diagnostics));
  return createRun(program, configuration);
}

/** Runs to the end; the number of instructions that were executed. */
export function runToEnd(run: Run): number {
  advance(run, Number.MAX_SAFE_INTEGER);
  return run.instructions;
}
