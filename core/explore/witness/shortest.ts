import type { Check } from "../../check/check.ts";
import type { State } from "../../machine/state.ts";
import type { ScheduleLog } from "../../schedule/log.ts";
import type { ExploreOptions } from "../options.ts";
import { alike } from "../reduction/symmetry.ts";
import { type Findings, faultKey, faultsOf } from "../search/findings.ts";
import { prepare } from "../search/prepare.ts";
import type { Visitor } from "../search/search.ts";
import { fieldsBreak } from "../search/watch.ts";
import { exchanged, schedules, type Target, targetAt } from "./witness.ts";

/** Shortest schedules to what can go wrong. */
export interface Shortest {
  /** By `faultKey`; each ends with the instruction that cannot be executed. */
  readonly faults: ReadonlyMap<string, ScheduleLog>;
  /** By check about every state that does not hold. */
  readonly broken: ReadonlyMap<Check, ScheduleLog>;
}

export const NONE_SHORTEST: Shortest = { faults: new Map(), broken: new Map() };

/** A search that needs more states is given up; the schedules of the exploration itself, without what they do not need, are nearly as short. */
const MOST_STATES = 1_000_000;

/**
 * Looks for shortest schedules to the faults and broken checks that an exploration has found. Its own lead to states in which every thread
 * has gone on as far as it can without being noticed; here no thread takes a transition before it is needed. One search, in one place, whatever
 * the exploration was: so schedules do not depend on that. Yields now and then; sending `true` ends it with what it has.
 * @param room bytes that may be used
 */
export function* shortestTo(
  { faults, broken }: Pick<Findings, "faults" | "broken">,
  start: State,
  options: ExploreOptions,
  room: number,
): Generator<void, Shortest, boolean | undefined> {
  const found = { faults: new Map<string, Target>(), broken: new Map<Check, Target>() };
  const wanted = new Set(faults.map(({ fault }) => faultKey(fault)));
  const checks = new Set(broken.keys());
  if (wanted.size + checks.size === 0) return NONE_SHORTEST;
  const reduction = { ...options.reduction, level: 2 } as const;
  const late = { ...options, checks: [...checks], reduction };
  const { search, automaton, symmetry } = prepare(start, late, "late");
  const visitor: Visitor = {
    state: (fields, depth) => {
      for (const check of checks) {
        if (!fieldsBreak(automaton, fields, check)) continue;
        checks.delete(check);
        found.broken.set(check, targetAt(fields, depth));
      }
    },
    fault: (fields, depth) => {
      for (const fault of faultsOf(automaton, fields)) {
        for (const thread of wanted.size > 0 ? alike(symmetry, fault.thread) : []) {
          const key = faultKey({ ...fault, thread });
          if (!wanted.delete(key)) continue;
          found.faults.set(key, exchanged(targetAt(fields, depth), fault.thread, thread));
        }
      }
    },
    terminal: () => {},
    heapBytes: () => 0,
  };
  const { maxStates = Infinity, maxHeapBytes = Infinity } = options;
  const limits = { states: Math.min(maxStates, MOST_STATES), bytes: room, heapBytes: maxHeapBytes };
  const searching = search.run(limits, visitor);
  for (let stop: boolean | undefined; ; ) {
    const isOver = searching.next(stop === true || wanted.size + checks.size === 0).done;
    if (stop || isOver) break;
    stop = yield;
  }
  const targets = [...found.faults.values(), ...found.broken.values()];
  const { logs } = yield* schedules(search, targets, room);
  const logOf = new Map(targets.map((target, i) => [target, logs[i]]));
  return { faults: withLogs(found.faults, logOf), broken: withLogs(found.broken, logOf) };
}

/** Those that have a schedule. */
function withLogs<K>(
  targets: ReadonlyMap<K, Target>,
  logOf: ReadonlyMap<Target, ScheduleLog | undefined>,
): Map<K, ScheduleLog> {
  const logs = new Map<K, ScheduleLog>();
  for (const [key, target] of targets) {
    const log = logOf.get(target);
    if (log) logs.set(key, log);
  }
  return logs;
}
