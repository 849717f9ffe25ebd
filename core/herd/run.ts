import { type Location as Observed, sameLocation } from "../check/check.ts";
import { compileProposition } from "../condition/evaluate.ts";
import { printCondition } from "../condition/print.ts";
import { type Condition, locationsOf, type Proposition } from "../condition/tree.ts";
import { explorer } from "../explore/explore.ts";
import type { Reduction } from "../explore/reduction/reduction.ts";
import type { Outcome, ReachableFault } from "../explore/report.ts";
import type { Limit } from "../explore/search/search.ts";
import { ACCESS } from "../isa/operations.ts";
import { type Column, columnOf, compareLocations } from "../litmus/columns.ts";
import { byText, litmusHash } from "../litmus/hash.ts";
import type { LitmusTest } from "../litmus/lower.ts";
import { canonical, locationText, observedLocations } from "../litmus/observed.ts";
import { conditionOf, filterOf } from "../litmus/typed-condition.ts";
import { valueText } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";
import { type Model, start } from "../machine/state.ts";
import { isSymbolic, symbolText } from "../machine/symbolic.ts";
import { order } from "../machine/wide.ts";
import type { ScheduleLog } from "../schedule/log.ts";
import { countingExecutions, type Execution, type Executions, hasBackwardJump } from "./executions.ts";

/** One line of a report's states. */
export interface LitmusState {
  /** By location: a number in decimal, or the name of the variable whose address it is. */
  readonly values: readonly string[];
  /** Whether the condition's proposition holds in it. */
  readonly satisfies: boolean;
  /** In how many executions it comes about; unset where these have no end. */
  readonly executions?: number;
  /** A shortest schedule to it. */
  readonly schedule: ScheduleLog;
}

/** What a litmus test allows under a model. */
export interface LitmusResult {
  readonly name: string;
  readonly model: Model;
  readonly quantifier: Condition["quantifier"];
  /** As herd re-prints it. */
  readonly condition: string;
  /** As reports write them. */
  readonly locations: readonly string[];
  /** In herd's order. All that there are, unless `limit` is set. */
  readonly states: readonly LitmusState[];
  readonly hash: string;
  readonly faults: readonly ReachableFault[];
  /** Whether a store had to wait for room in its buffer: larger buffers might allow more. */
  readonly boundHit: boolean;
  /** What ended the exploration before it had seen everything. */
  readonly limit: Limit | undefined;
}

export interface LitmusLimits {
  readonly maxStates?: number;
  readonly maxBytes?: number;
  readonly maxHeapBytes?: number;
}

/** How far the work on a test is. */
export interface LitmusProgress {
  readonly states: number;
  readonly bytes: number;
}

/** Entries of a store buffer in tests with loops; without loops there is always room for all stores. */
const LOOP_BUFFER = 8;

const REDUCTION: Reduction = { level: 4, dead: true, symmetry: false };

const NOWHERE = { start: 0, end: 0 };

/** What a test without a condition asks. */
const TRUE: Condition = {
  range: NOWHERE,
  quantifier: "forall",
  proposition: { kind: "true", range: NOWHERE },
};

/** Finds all final states of a test under a model, and counts the executions that lead to each. */
export function runLitmus(test: LitmusTest, program: Program, model: Model): LitmusResult {
  const running = runningLitmus(test, program, model);
  for (;;) {
    const { done, value } = running.next();
    if (done) return value;
  }
}

/** The same, a few milliseconds at a time: yields its progress; sending `true` ends it with what it has found. */
export function* runningLitmus(
  test: LitmusTest,
  program: Program,
  model: Model,
  limits: LitmusLimits = {},
): Generator<LitmusProgress, LitmusResult, boolean | undefined> {
  const { tree } = test;
  const condition = conditionOf(test) ?? TRUE;
  const filter = filterOf(test);
  const shown = observedLocations(tree).sort(compareLocations);
  const columns = [...shown, ...(filter ? locationsOf(filter) : [])].map((l) => columnOf(test, program, l));
  const observe = columns.map((c) => c.observed);
  const read = (raw: readonly number[]) => columns.map((c, i) => c.read(raw[i]!));
  const compile = (p: Proposition) => compileForColumns(test, program, columns, p);
  const found = yield* runPrograms([program, ...test.alternatives], model, observe, limits);
  const lines = gather(
    found.outcomes.map((o) => ({ ...o, values: read(o.values) })),
    found.executions && [...found.executions.values()].map((e) => read(e.values)),
    filter ? compile(filter) : () => true,
    shown.length,
  );
  const satisfies = compile(condition.proposition);
  return {
    name: program.name,
    model,
    quantifier: condition.quantifier,
    condition: printCondition(condition, { location: (l) => locationText(canonical(l, tree.dialect)) }),
    locations: shown.map(locationText),
    states: lines
      .sort((a, b) => compareStates(program, a.values, b.values))
      .map((line) => ({
        ...line,
        satisfies: satisfies(line.values),
        values: line.values.map((v) => valueText(program, v)),
      })),
    hash: litmusHash(tree),
    faults: found.faults,
    boundHit: found.boundHit,
    limit: found.limit,
  };
}

/** One way in which a run ends. */
interface Ending {
  readonly values: readonly number[];
  readonly schedule: ScheduleLog;
}

/** What the programs of a test allow together. */
interface Found {
  /** Values in the order in which they were asked for. */
  readonly outcomes: readonly Ending[];
  readonly executions: Executions | undefined;
  readonly faults: readonly ReachableFault[];
  readonly boundHit: boolean;
  readonly limit: Limit | undefined;
}

function* runPrograms(
  programs: readonly Program[],
  model: Model,
  observe: readonly Observed[],
  limits: LitmusLimits,
): Generator<LitmusProgress, Found, boolean | undefined> {
  const outcomes: Found["outcomes"][number][] = [];
  const executions = new Map<string, Execution>();
  let endless = false;
  let all: Omit<Found, "outcomes" | "executions"> = { faults: [], boundHit: false, limit: undefined };
  for (const program of programs) {
    const initial = start(program, { model, bufferCapacity: bufferCapacity(program) });
    const report = yield* explorer(initial, { observe, checks: [], reduction: REDUCTION, ...limits });
    for (const outcome of report.outcomes) {
      const { schedule } = outcome; // missing only where the work was stopped
      if (schedule) outcomes.push({ values: inOrder(outcome, report.locations, observe), schedule });
    }
    const limit = report.limit ?? report.unfinished[0]?.limit;
    const counted = limit ? undefined : yield* countingExecutions(initial, observe, limits.maxBytes);
    const own = counted === "stopped" ? undefined : counted;
    if (!own) endless = true;
    for (const [identity, execution] of own ?? []) executions.set(identity, execution);
    all = {
      faults: [...all.faults, ...report.faults],
      boundHit: all.boundHit || report.boundHit,
      limit: all.limit ?? limit ?? (counted === "stopped" ? "cancelled" : undefined),
    };
  }
  return { ...all, outcomes, executions: endless ? undefined : executions };
}

/** Room for every store that a thread without loops can have in its buffer at once. */
function bufferCapacity(program: Program): number {
  if (hasBackwardJump(program)) return LOOP_BUFFER;
  return Math.max(1, program.code.operation.filter((op) => ACCESS[op] === "store").length);
}

/** An outcome's values in the order in which they were asked for; a location that is asked for twice has one value. */
const inOrder = (
  { values }: Outcome,
  locations: readonly Observed[],
  observe: readonly Observed[],
): number[] => observe.map((wanted) => values[locations.findIndex((l) => sameLocation(l, wanted))]!);

function compileForColumns(
  { tree, variables }: LitmusTest,
  { wide }: Program,
  columns: readonly Column[],
  proposition: Proposition,
): (values: readonly number[]) => boolean {
  return compileProposition<readonly number[]>(proposition, {
    location: (location) => {
      const text = locationText(canonical(location, tree.dialect));
      const at = columns.findIndex((c) => c.text === text);
      return (values) => values[at]!;
    },
    address: (name) => variables.get(name)?.address ?? Number.NaN,
    wide,
  });
}

interface Line {
  readonly values: readonly number[];
  readonly schedule: ScheduleLog;
  executions?: number;
}

/** The outcomes that pass the filter, those that look alike in the first `shown` columns as one, and how many executions each has. */
function gather(
  outcomes: readonly Ending[],
  executions: readonly (readonly number[])[] | undefined,
  passes: (values: readonly number[]) => boolean,
  shown: number,
): Line[] {
  const lines = new Map<string, Line>();
  for (const { values, schedule } of outcomes) {
    if (!passes(values)) continue;
    const visible = values.slice(0, shown);
    const known = lines.get(visible.join());
    if (!known || schedule.length < known.schedule.length)
      lines.set(visible.join(), { values: visible, schedule, ...(executions && { executions: 0 }) });
  }
  for (const values of executions ?? []) {
    const line = passes(values) ? lines.get(values.slice(0, shown).join()) : undefined;
    if (line) line.executions = (line.executions ?? 0) + 1;
  }
  return [...lines.values()];
}

/** Column by column: numbers before addresses, addresses by name. */
function compareStates(program: Program, a: readonly number[], b: readonly number[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i]!;
    if (left === right) continue;
    if (isSymbolic(left) && isSymbolic(right))
      return byText(symbolText(program, left)!, symbolText(program, right)!);
    return order(program.wide, left, right);
  }
  return 0;
}
