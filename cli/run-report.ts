import type { WrittenCheck } from "../core/check/check.ts";
import { createJudge, type Judgement } from "../core/check/judge.ts";
import { locationText } from "../core/check/locations.ts";
import { numberedCells } from "../core/check/named-cells.ts";
import { describeState, latest, valueText } from "../core/machine/describe.ts";
import { dumpText } from "../core/machine/dump.ts";
import { readCell } from "../core/machine/memory.ts";
import type { Program } from "../core/machine/program.ts";
import type { State } from "../core/machine/state.ts";
import type { RunOptionValues } from "../core/options/configuration.ts";
import { createEffortMeter, type Effort } from "../core/run/effort.ts";
import type { Loop } from "../core/run/loop.ts";
import type { Divergence } from "../core/run/replay.ts";
import type { RunEnd, RunObserver } from "../core/run/run.ts";
import { count } from "../core/text/count.ts";
import { EXIT } from "./exit.ts";
import { complain, print } from "./output.ts";
import { checkTracedCells, createRows, type RowOptions, rowOptions, whyNoValue } from "./rows.ts";
import { complainAboutFault } from "./source.ts";

/** How a run ended, as the report tells it. */
export type ReportedEnd =
  | RunEnd
  | { readonly kind: "limit"; readonly loops: readonly Loop[] }
  | { readonly kind: "interrupted" }
  | { readonly kind: "schedule-over" }
  /** What a given schedule asked for is not possible. */
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "diverged"; readonly divergence: Divergence };

/** Shows a run while it goes on and judges it at its end. */
export interface RunReport extends RunObserver {
  /** Prints what stands before the first instruction of thread `thread`. */
  begin(thread: number): void;
  /** Prints what stands behind the last one. @returns the exit status */
  finish(end: ReportedEnd): number;
}

export interface ReportOptions {
  /** Exactly x86.py's output, or Interleave's own. */
  readonly compatible: boolean;
  readonly json: boolean;
  /** To be judged on this run. */
  readonly checks: readonly WrittenCheck[];
  /** Which thread is loaded, for the value columns of rows that no thread executes. */
  readonly loaded: () => number;
}

export function createReport(
  program: Program,
  state: State,
  values: RunOptionValues,
  { compatible, json, checks, loaded }: ReportOptions,
): RunReport {
  // x86.py ends with 1 where -M or -R names what is not there.
  const options = compatible ? rowOptions(program, values, EXIT.FAILED) : ownRowOptions(state, values);
  checkTracedCells(options, state, compatible ? EXIT.FAILED : EXIT.USAGE);
  const rows = createRows(program, options, state.threadCount);
  const judge = createJudge(state, checks);
  const meter = json || compatible ? undefined : createEffortMeter(state);
  const counts = new Array<number>(state.threadCount).fill(0);
  const output: string[] = [];
  const began = performance.now();
  let instructions = 0;
  const heads = (thread: number): void => rows.heads(state, thread, instructions);
  return {
    each: !json || judge.looksAtEach,
    begin: (thread) => {
      if (!json) heads(thread);
    },
    before: (thread) => {
      if (!json && options.headEvery > 0 && instructions > 0 && instructions % options.headEvery === 0)
        heads(thread);
      meter?.before(thread);
    },
    executed: (thread, operation, count) => {
      const dump = dumpText(state, thread, operation);
      if (json) {
        if (dump) output.push(dump.trimEnd());
      } else {
        if (dump) print(dump);
        rows.instruction(state, thread, operation, instructions);
      }
      instructions += count;
      counts[thread] = counts[thread]! + count;
      meter?.executed(thread, operation);
      judge.look();
    },
    drained: (thread, address, value) => {
      judge.look();
      if (!json) rows.drain(state, thread, address, value, loaded(), instructions);
    },
    switched: (kind) => {
      if (!json) rows.switched(state, loaded(), kind, instructions);
      meter?.switched(kind);
    },
    finish: (end) => {
      const judgements = judge.judge(end.kind === "finished");
      const summary = { program, state, end, instructions, counts, judgements };
      if (json) print(`${JSON.stringify(toJson(summary, output), null, 2)}\n`);
      else if (meter) print(ownSummary(summary, meter.effort));
      if (options.count && compatible && end.kind === "finished")
        print(statistics(instructions, performance.now() - began));
      return exitStatus(summary);
    },
  };
}

/** Interleave's own rows show values, and what the program names where nothing else is asked for: variables, and cells by their numbers. */
function ownRowOptions(state: State, values: RunOptionValues): RowOptions {
  const { program } = state;
  const options = rowOptions(program, { ...values, compute: true }, EXIT.USAGE);
  const nothingAsked = values.memtrace === undefined && values.regtrace === undefined;
  const named = [
    ...latest(program.variables).map(({ name, address }) => ({ head: name, address })),
    ...numberedCells(program).map((address) => ({ head: String(address), address })),
  ].filter(({ address }) => whyNoValue(state, address) === undefined);
  return { ...options, ...(nothingAsked && { memory: named }), alignedHeads: true };
}

const statistics = (instructions: number, milliseconds: number): string =>
  `\nSTATS:: Instructions    ${instructions}\nSTATS:: Emulation Rate  ${(instructions / milliseconds).toFixed(2)} kinst/sec\n`;

interface Summary {
  readonly program: Program;
  readonly state: State;
  readonly end: ReportedEnd;
  readonly instructions: number;
  /** Instructions of each thread. */
  readonly counts: readonly number[];
  readonly judgements: readonly Judgement[];
}

function ownSummary(
  { program, state, end, instructions, counts, judgements }: Summary,
  effort: Effort,
): string {
  const perThread = counts.map((n, t) => `T${t} ${n}`).join(", ");
  const interrupts = effort.interrupts > 0 ? ` and ${count(effort.interrupts, "interrupt")}` : "";
  const lines = [`${ENDS[end.kind]} after ${count(instructions, "instruction")} (${perThread})${interrupts}`];
  const spent = effortText(effort);
  if (spent) lines.push(`  of them ${spent}`);
  const { variables, threads } = describeState(state);
  const cells = Object.entries(variables).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? `[${value.join(",")}]` : value}`,
  );
  for (const address of numberedCells(program)) {
    const value = readCell(state.memory, address);
    const name = locationText(program, { kind: "memory", address });
    if (!Number.isNaN(value)) cells.push(`${name}=${valueText(program, value)}`);
  }
  if (cells.length) lines.push(`  memory  ${cells.join("  ")}`);
  for (const [t, thread] of threads.entries()) {
    const registers = Object.entries(thread.registers).filter(
      ([name, value]) => value !== 0 && name !== "sp",
    );
    if (registers.length)
      lines.push(`  T${t}      ${registers.map(([name, value]) => `${name}=${value}`).join("  ")}`);
  }
  for (const { written, verdict, after } of judgements) {
    lines.push(`  ${verdict.padEnd(9)} ${written.text}${after === undefined ? "" : `, in state ${after}`}`);
  }
  if (program.instructions.length === 0) return "";
  return `\n${lines.join("\n")}\n`;
}

/** What is worth telling of what a run's instructions were for: `24 spinning (T1 9, T2 15), 3 locked`. */
function effortText({ spinning, locked, yields }: Effort): string {
  const spun = spinning.flatMap((n, t) => (n > 0 ? [`T${t} ${n}`] : []));
  const total = spinning.reduce((sum, n) => sum + n, 0);
  return [
    ...(total > 0 ? [`${total} spinning (${spun.join(", ")})`] : []),
    ...(locked > 0 ? [`${locked} locked`] : []),
    ...(yields > 0 ? [count(yields, "yield")] : []),
  ].join(", ");
}

const ENDS: Readonly<Record<ReportedEnd["kind"], string>> = {
  finished: "finished",
  fault: "stopped by a fault",
  limit: "stopped at the limit",
  interrupted: "interrupted",
  "schedule-over": "the schedule is over, the program is not,",
  refused: "stopped by a transition that is not possible",
  diverged: "diverged from the recording",
};

function toJson(
  { program, state, end, instructions, counts, judgements }: Summary,
  output: readonly string[],
): unknown {
  return {
    interleave: 1,
    program: program.name,
    model: state.model,
    end: end.kind,
    instructions,
    instructionsPerThread: counts,
    output,
    checks: judgements.map(({ written, ...rest }) => ({ check: written.text, ...rest })),
    state: describeState(state),
  };
}

function exitStatus({ program, end, judgements }: Summary): number {
  const failed = judgements.some((j) => j.verdict === "fails");
  switch (end.kind) {
    case "finished":
      return failed ? EXIT.FAILED : EXIT.OK;
    case "fault":
      complainAboutFault(program, end.fault);
      return EXIT.FAILED;
    case "limit":
      for (const { thread, first, last } of end.loops) {
        const lines = `\`${first.text}\`${first === last ? "" : ` to \`${last.text}\``}`;
        complain(`T${thread} goes round and round in ${lines}`);
      }
      return failed ? EXIT.FAILED : EXIT.LIMIT;
    case "interrupted":
    case "schedule-over":
      return failed ? EXIT.FAILED : EXIT.LIMIT;
    case "refused":
      complain(`error: ${end.why}`);
      return EXIT.FAILED;
    case "diverged": {
      const { index, recorded, came } = end.divergence;
      complain(`divergence at transition ${index}\n  recorded: ${recorded}\n  came:     ${came}`);
      return EXIT.DIVERGED;
    }
  }
}
