import type { Fault } from "../machine/fault.ts";
import type { State } from "../machine/state.ts";
import { append, createLog, type ScheduleLog } from "../schedule/log.ts";
import { Automaton } from "./automaton.ts";
import { type Choose, type Chooser, createChooser, createRandom } from "./chooser.ts";
import { KIND } from "./local-machine.ts";
import { distinctLocations, type Location, observeThreads } from "./observation.ts";
import { compareValues, createOutcomeTable } from "./outcomes.ts";
import { PairMap } from "./pair-map.ts";
import { classify } from "./thread-class.ts";

export interface SampleOptions {
  readonly observe: readonly Location[];
  readonly runs: number;
  readonly seed: number;
  readonly chooser: Chooser;
  /** A run that has not ended after so many transitions is given up. */
  readonly maxSteps: number;
}

export interface SampledOutcome {
  readonly values: readonly number[];
  /** Number of runs that ended so. */
  readonly runs: number;
  /** The schedule of the first of them. */
  readonly schedule: ScheduleLog;
}

export interface SampleReport {
  readonly locations: readonly Location[];
  /** In ascending order of values. */
  readonly outcomes: readonly SampledOutcome[];
  readonly faults: readonly {
    readonly fault: Fault;
    readonly runs: number;
    readonly schedule: ScheduleLog;
  }[];
  /** Runs that were given up. */
  readonly unfinished: number;
  readonly runs: number;
  readonly transitions: number;
}

/** Runs between two yields. */
const RUNS_PER_TURN = 4096;

/** Ends of runs, told apart by their fields. */
interface End {
  readonly fields: Int32Array;
  readonly schedule: ScheduleLog;
  runs: number;
}

/**
 * Takes random walks from a state to the end of the run and counts where they end. Yields the number of runs done now and then; sending `true`
 * back ends it.
 */
export function* sampler(
  start: State,
  { observe, runs, seed, chooser, maxSteps }: SampleOptions,
): Generator<number, SampleReport, boolean | undefined> {
  const reduction = { level: 0, dead: false, symmetry: false } as const;
  const locations = distinctLocations(observe);
  const observations = observeThreads(start.program, start.threadCount, locations, []);
  const classes = classify(start, observations, reduction);
  const automaton = new Automaton(start, classes, reduction);
  const threads = start.threadCount;
  const random = createRandom(seed);
  const choose = createChooser(chooser, threads, random);
  const fields = new Int32Array(threads + 1);
  const first = Int32Array.from([...automaton.initial.map((i) => i.local), 0]);
  const path = new Uint16Array(maxSteps);
  const ends: End[] = [];
  const endNumbers = new PairMap();
  const nodes = new PairMap();
  let nodeCount = 1;
  let unfinished = 0;
  let transitions = 0;
  let done = 0;

  /** The end with these fields: a path through a trie of pairs, because texts would be slow. */
  const endOf = (length: number): End => {
    let node = 0;
    for (let f = 0; f <= threads; f++) {
      let next = nodes.get(node, fields[f]!);
      if (next < 0) {
        next = nodeCount++;
        nodes.add(node, fields[f]!, next);
      }
      node = next;
    }
    const known = endNumbers.get(node, 0);
    if (known >= 0) return ends[known]!;
    const schedule = createLog();
    for (let i = 0; i < length; i++) append(schedule, path[i]!);
    endNumbers.add(node, 0, ends.length);
    const end = { fields: fields.slice(), schedule, runs: 0 };
    ends.push(end);
    return end;
  };

  while (done < runs) {
    const turn = Math.min(runs, done + RUNS_PER_TURN);
    for (; done < turn; done++) {
      const length = walk(automaton, first, fields, path, choose);
      transitions += length;
      if (length === maxSteps) unfinished++;
      else endOf(length).runs++;
    }
    if (yield done) break;
  }
  return {
    ...summarize(automaton, classes, locations, ends),
    locations,
    unfinished,
    runs: done,
    transitions,
  };
}

/** Goes from the start to where nothing can move or a thread has met a fault; the number of transitions, at most the room in `path`. */
function walk(
  automaton: Automaton,
  first: Int32Array,
  fields: Int32Array,
  path: Uint16Array,
  choose: Choose,
): number {
  const threads = first.length - 1;
  fields.set(first);
  let possible = 0;
  for (let t = 0; t < threads; t++) possible |= possibleSteps(automaton, fields[t]!) << (2 * t);
  choose.begin();
  let length = 0;
  while (possible !== 0 && length < path.length) {
    const chosen = choose.next(possible, length);
    const t = chosen >> 1;
    const local = fields[t]!;
    const step = chosen & 1 ? automaton.drain(local) : automaton.execution(local, fields[threads]!);
    const next = automaton.next[step]!;
    fields[t] = next;
    fields[threads] = automaton.memoryAfter(fields[threads]!, step);
    path[length++] = chosen;
    if (automaton.kind[next] === KIND.FAULTED) break;
    possible = (possible & ~(3 << (2 * t))) | (possibleSteps(automaton, next) << (2 * t));
  }
  choose.end(length);
  return length;
}

const possibleSteps = (automaton: Automaton, local: number): number =>
  (automaton.kind[local]! >= KIND.LOCAL ? 1 : 0) | (automaton.oldest[local]! >= 0 ? 2 : 0);

function summarize(
  automaton: Automaton,
  classes: Parameters<typeof createOutcomeTable>[1],
  locations: readonly Location[],
  ends: readonly End[],
): Pick<SampleReport, "outcomes" | "faults"> {
  const faults: { fault: Fault; runs: number; schedule: ScheduleLog }[] = [];
  const found = new Map<string, { values: readonly number[]; runs: number; schedule: ScheduleLog }>();
  for (const { fields, schedule, runs } of ends) {
    const thread = fields.subarray(0, -1).findIndex((local) => automaton.kind[local] === KIND.FAULTED);
    if (thread >= 0) {
      const fault = { ...automaton.locals.at(fields[thread]!).fault!, thread };
      const same = faults.find(
        (f) =>
          f.fault.thread === thread && f.fault.operation === fault.operation && f.fault.kind === fault.kind,
      );
      if (same) same.runs += runs;
      else faults.push({ fault, runs, schedule });
      continue;
    }
    const table = createOutcomeTable(automaton, classes, { orbits: [] }, locations);
    table.add(fields, schedule.length);
    const { values } = table.outcomes()[0]!;
    const known = found.get(values.join());
    if (known) known.runs += runs;
    else found.set(values.join(), { values, runs, schedule });
  }
  return { outcomes: [...found.values()].sort((a, b) => compareValues(a.values, b.values)), faults };
}
