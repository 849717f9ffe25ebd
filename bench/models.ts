import { readFileSync } from "node:fs";
import path from "node:path";
import { declaredCells } from "../core/check/locations.ts";
import { explore } from "../core/explore/explore.ts";
import { parseReduction } from "../core/explore/reduction/reduction.ts";
import type { ExploreReport } from "../core/explore/report.ts";
import { OP } from "../core/isa/operations.ts";
import { checksOf } from "../core/load/checks.ts";
import { load } from "../core/load/load.ts";
import type { Program } from "../core/machine/program.ts";
import { type State, start } from "../core/machine/state.ts";

/** A program of `bench/models` with a start. */
export interface Model {
  readonly name: string;
  readonly file: string;
  /** Where the start is another one than the program's own. */
  readonly start?: { readonly threads: number; readonly argv: string };
  readonly bufferCapacity: number;
  /** States of the unreduced search; SPIN finds as many on the Promela of the same program. */
  readonly states: number;
}

const peterson = (rounds: number): string => `bx=0:dx=1:ex=${rounds},bx=1:dx=0:ex=${rounds}`;

/** The models of engine.md §4. */
export const MODELS: readonly Model[] = [
  { name: "SB ring of 8", file: "sb-ring.s", bufferCapacity: 2, states: 1_331_714 },
  { name: "Peterson, 4 rounds", file: "peterson.s", bufferCapacity: 4, states: 1_285_534 },
  {
    name: "Peterson, 6 rounds",
    file: "peterson.s",
    start: { threads: 2, argv: peterson(6) },
    bufferCapacity: 4,
    states: 7_440_557,
  },
  { name: "ticket lock, 3 × 3", file: "ticket.s", bufferCapacity: 4, states: 2_312_372 },
  {
    name: "ticket lock, 4 × 2",
    file: "ticket.s",
    start: { threads: 4, argv: "bx=2" },
    bufferCapacity: 4,
    states: 55_883_696,
  },
  {
    name: "counter, 2 × 8",
    file: "counter.s",
    start: { threads: 2, argv: "bx=8" },
    bufferCapacity: 8,
    states: 1_822_461,
  },
  { name: "counter, 3 × 3", file: "counter.s", bufferCapacity: 4, states: 5_531_689 },
  {
    name: "counter, 3 × 4",
    file: "counter.s",
    start: { threads: 3, argv: "bx=4" },
    bufferCapacity: 4,
    states: 50_849_769,
  },
];

/** The start state of a model. Arriving at `halt` is having halted, because the end of a process is no step in SPIN. */
export function startOf({ file, bufferCapacity, start: values }: Omit<Model, "name" | "states">): State {
  const text = readFileSync(path.join("bench/models", file), "utf8");
  const { program, configuration, diagnostics } = load(text, {
    name: file,
    values: values ?? {},
    runLine: true,
  });
  if (!program || !configuration) throw new Error(JSON.stringify(diagnostics));
  return start(endsAtHalt(program), { ...configuration.start, model: "tso", bufferCapacity });
}

function endsAtHalt(program: Program): Program {
  const operation = program.code.operation.map((op) => (op === OP.HALT ? OP.END : op));
  return { ...program, code: { ...program.code, operation } };
}

/** Explores a model as far as its checks need. */
export function exploreModel(state: State, reduction: string): ExploreReport {
  return explore(state, {
    observe: declaredCells(state.program),
    checks: checksOf(state.program, state.threadCount).checks.map((c) => c.check),
    reduction: parseReduction(reduction)!,
    livelocks: false,
  });
}
