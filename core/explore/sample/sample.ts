import { distinctLocations, type Location } from "../../check/check.ts";
import type { Fault } from "../../machine/fault.ts";
import type { State } from "../../machine/state.ts";
import { appendAll, createLog, type ScheduleLog } from "../../schedule/log.ts";
import { Automaton } from "../search/automaton.ts";
import { compareValues, valueIn } from "../search/outcomes.ts";
import type { Limit } from "../search/search.ts";
import { PairMap } from "../states/pair-map.ts";
import { KIND } from "../threads/local-machine.ts";
import { observeThreads } from "../threads/observation.ts";
import { classify } from "../threads/thread-class.ts";
import { type Chooser, createChooser, createRandom } from "./chooser.ts";
import { Walker } from "./walker.ts";

export interface SampleOptions {
  readonly observe: readonly Location[];
  readonly runs: number;
  readonly seed: number;
  readonly chooser: Chooser;
  /** A run that has not ended after so many transitions is given up. */
  readonly maxSteps: number;
  /** Largest number of bytes in tables; unbounded if left out. */
  readonly maxBytes?: number;
  /** Of these, largest number on the JavaScript engine's heap; unbounded if left out. */
  readonly maxHeapBytes?: number;
}

export interface SampledOutcome {
  readonly values: readonly number[];
  /** Number of runs that ended so. */
  readonly runs: number;
  /** The schedule of the first of them. */
  readonly schedule: ScheduleLog;
}

export interface SampledFault {
  readonly fault: Fault;
  readonly runs: number;
  readonly schedule: ScheduleLog;
}

export interface SampleReport {
  readonly locations: readonly Location[];
  /** In ascending order of values. */
  readonly outcomes: readonly SampledOutcome[];
  readonly faults: readonly SampledFault[];
  /** Runs that were given up. */
  readonly unfinished: number;
  /** Runs that were made, with those that were given up. */
  readonly runs: number;
  readonly transitions: number;
  /** What ended the sampling before all runs were made. */
  readonly limit: Exclude<Limit, "states"> | undefined;
}

/** How far a sampling is. */
export interface SampleProgress {
  readonly runs: number;
  readonly bytes: number;
}

/** Runs between two looks at the limits, and transitions of a long one. */
const RUNS_PER_TURN = 4096;
const TRANSITIONS_PER_TURN = 1 << 16;

/**
 * Takes random walks from a state to the end of the run and counts where they end. Yields its progress now and then; sending `true` back
 * ends it.
 */
export function* sampler(
  start: State,
  options: SampleOptions,
): Generator<SampleProgress, SampleReport, boolean | undefined> {
  const { runs, seed, chooser, maxSteps, maxBytes = Infinity, maxHeapBytes = Infinity } = options;
  const reduction = { level: 0, dead: false, symmetry: false } as const;
  const locations = distinctLocations(options.observe);
  const observations = observeThreads(start.program, start.threadCount, locations, []);
  const automaton = new Automaton(start, classify(start, observations, reduction), reduction);
  const walker = new Walker(automaton, createChooser(chooser, start.threadCount, createRandom(seed)));
  const ends = new Ends(automaton, locations);
  let [done, unfinished, transitions] = [0, 0, 0];
  let ended = true;
  let limit: SampleReport["limit"];

  /** Makes some more runs, or a part of a long one. */
  const goOn = (): void => {
    let room = TRANSITIONS_PER_TURN;
    for (let turn = 0; turn < RUNS_PER_TURN && room > 0 && done < runs; turn++) {
      if (ended) walker.begin();
      const before = walker.length;
      ended = walker.goOn(Math.min(maxSteps, before + room));
      transitions += walker.length - before;
      room -= walker.length - before;
      if (ended) ends.count(walker);
      else if (walker.length < maxSteps) return;
      else unfinished++;
      ended = true;
      done++;
    }
  };
  while (done < runs && limit === undefined) {
    goOn();
    const bytes = automaton.byteLength + walker.path.byteLength + ends.byteLength;
    const heapBytes = automaton.locals.heapBytes + ends.heapBytes;
    if (done === runs) break;
    if (bytes > maxBytes || heapBytes > maxHeapBytes) limit = "memory";
    else if (yield { runs: done, bytes }) limit = "cancelled";
  }
  return { ...ends.summarize(), locations, unfinished, runs: done, transitions, limit };
}

/** A way in which runs end. */
interface End {
  readonly values: readonly number[];
  readonly fault: Fault | undefined;
  readonly schedule: ScheduleLog;
  runs: number;
}

/** An end with its values and its entry in the map, roughly. */
const BYTES_AN_END = 1000;

/** The ways in which runs have ended so far, and how many did. */
class Ends {
  private readonly automaton: Automaton;
  private readonly locations: readonly Location[];
  private readonly ends: End[] = [];
  private readonly byKey = new Map<string, number>();
  /** Where a run was when it ended is a path from node 0 through pairs, because texts would be slow; the last field leads to its end. */
  private readonly nodes = new PairMap();
  private readonly numbers = new PairMap();
  private nodeCount = 1;
  private scheduleBytes = 0;

  constructor(automaton: Automaton, locations: readonly Location[]) {
    this.automaton = automaton;
    this.locations = locations;
  }

  get byteLength(): number {
    return this.nodes.byteLength + this.numbers.byteLength + this.scheduleBytes + this.heapBytes;
  }

  get heapBytes(): number {
    return this.ends.length * BYTES_AN_END;
  }

  /** Counts a walk that has come to its end. */
  count(walker: Walker): void {
    const { fields } = walker;
    let node = 0;
    for (let f = 0; f < fields.length - 1; f++) {
      let next = this.nodes.get(node, fields[f]!);
      if (next < 0) {
        next = this.nodeCount++;
        this.nodes.add(node, fields[f]!, next);
      }
      node = next;
    }
    const memory = fields[fields.length - 1]!;
    let number = this.numbers.get(node, memory);
    if (number < 0) {
      number = this.numberOf(walker);
      this.numbers.add(node, memory, number);
    }
    this.ends[number]!.runs++;
  }

  summarize(): Pick<SampleReport, "outcomes" | "faults"> {
    return {
      outcomes: this.ends.filter((e) => !e.fault).sort((a, b) => compareValues(a.values, b.values)),
      faults: this.ends.flatMap(({ fault, ...end }) => (fault ? [{ ...end, fault }] : [])),
    };
  }

  /** The number of the end that a walk has come to, a new one if no run has ended so before. */
  private numberOf({ fields, path, length }: Walker): number {
    const { automaton, locations, ends } = this;
    const thread = fields.subarray(0, -1).findIndex((local) => automaton.kind[local] === KIND.FAULTED);
    const fault = thread < 0 ? undefined : { ...automaton.locals.at(fields[thread]!).fault!, thread };
    const values = fault ? [] : locations.map((l) => valueIn(automaton, fields, l));
    const key = fault ? `${thread}:${fault.operation}:${fault.kind}` : values.join();
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const schedule = createLog(length);
    appendAll(schedule, path.subarray(0, length));
    this.scheduleBytes += schedule.words.byteLength;
    this.byKey.set(key, ends.length);
    return ends.push({ values, fault, schedule, runs: 0 }) - 1;
  }
}
