import { type Check, isAboutEveryState } from "../../check/check.ts";
import type { Fault } from "../../machine/fault.ts";
import { alike, type Symmetry } from "../reduction/symmetry.ts";
import { KIND } from "../threads/local-machine.ts";
import { exchanged, type Target, targetAt } from "../witness/witness.ts";
import type { Automaton } from "./automaton.ts";
import { allHalted, type FoundOutcome, type OutcomeTable } from "./outcomes.ts";
import type { Visitor } from "./search.ts";
import { fieldsBreak } from "./watch.ts";

export interface FoundFault {
  readonly fault: Fault;
  readonly target: Target;
}

/** A text in a set, roughly. */
const BYTES_A_KEY = 150;

/** What a search comes across. Since it goes by distance, the first of each kind is a nearest one. */
export interface Findings {
  readonly visitor: Visitor;
  outcomes(): FoundOutcome[];
  /** One for each thread, operation and reason; of interchangeable threads each can meet what one of them meets. */
  readonly faults: readonly FoundFault[];
  readonly deadlocks: { count: number; nearest: Target | undefined };
  /** Checks about every state that do not hold. */
  readonly broken: ReadonlyMap<Check, Target>;
}

export function createFindings(
  automaton: Automaton,
  symmetry: Symmetry,
  outcomes: OutcomeTable,
  checks: readonly Check[],
): Findings {
  const watched = checks.filter(isAboutEveryState);
  const broken = new Map<Check, Target>();
  const faults: FoundFault[] = [];
  const deadlocks: Findings["deadlocks"] = { count: 0, nearest: undefined };
  const seen = new Set<string>();
  const isNew = (key: string): boolean => !seen.has(key) && seen.add(key) !== undefined;
  const visitor: Visitor = {
    terminal: (fields, depth) => {
      if (allHalted(automaton, fields)) outcomes.add(fields, depth);
      else if (!faultsOf(automaton, fields).length && isNew(fields.join())) {
        deadlocks.nearest ??= targetAt(fields, depth);
        deadlocks.count++;
      }
    },
    fault: (fields, depth) => {
      for (const fault of faultsOf(automaton, fields)) {
        if (seen.has(faultKey(fault))) continue;
        for (const thread of alike(symmetry, fault.thread)) {
          const target = exchanged(targetAt(fields, depth), fault.thread, thread);
          faults.push({ fault: { ...fault, thread }, target });
          seen.add(faultKey({ ...fault, thread }));
        }
      }
    },
    heapBytes: () => outcomes.heapBytes() + seen.size * BYTES_A_KEY,
  };
  const state = (fields: Int32Array, depth: number): void => {
    for (const check of watched) {
      if (!broken.has(check) && fieldsBreak(automaton, fields, check))
        broken.set(check, targetAt(fields, depth));
    }
  };
  return {
    visitor: watched.length > 0 ? { ...visitor, state } : visitor,
    outcomes: outcomes.outcomes,
    faults,
    deadlocks,
    broken,
  };
}

/** The same for faults that a person takes for one. */
export const faultKey = ({ thread, operation, kind }: Fault): string => `${thread}:${operation}:${kind}`;

export function faultsOf(automaton: Automaton, fields: Int32Array): Fault[] {
  const faults: Fault[] = [];
  for (let thread = 0; thread < fields.length - 1; thread++) {
    const local = fields[thread]!;
    if (automaton.kind[local] === KIND.FAULTED) faults.push({ ...automaton.locals.at(local).fault!, thread });
  }
  return faults;
}
