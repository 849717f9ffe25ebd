import type { Location } from "../../check/check.ts";
import { arrangements, type Symmetry } from "../reduction/symmetry.ts";
import { KIND } from "../threads/local-machine.ts";
import type { ThreadClass } from "../threads/thread-class.ts";
import type { Target } from "../witness/witness.ts";
import type { Automaton } from "./automaton.ts";

/** One way in which a run can end. */
export interface FoundOutcome {
  /** By location; NaN for a cell that is not mapped. */
  readonly values: readonly number[];
  /** Number of different final states with these values, that is, of memories and observed registers. */
  readonly finalStates: number;
  /** The first of them that was reached, and so one that is nearest. */
  readonly target: Target;
}

/** Gathers the final states of a search by the values of the observed locations. */
export interface OutcomeTable {
  /** Takes a state in which all threads have halted and all buffers are empty; seeing it again changes nothing. */
  add(fields: Int32Array, depth: number): void;
  /** In ascending order of the values, the first location counting most. */
  outcomes(): FoundOutcome[];
  /** An estimate of the bytes on the heap. */
  heapBytes(): number;
}

/** An outcome with its target and maps, and a final state's text in a set, roughly. */
const BYTES_AN_OUTCOME = 1000;
const BYTES_A_FINAL_STATE = 150;

export function createOutcomeTable(
  automaton: Automaton,
  classes: readonly ThreadClass[],
  symmetry: Symmetry,
  locations: readonly Location[],
): OutcomeTable {
  const found = new Map<string, { values: number[]; target: Target; finalStates: Set<string> }>();
  const observed = (local: number): string => {
    let text = "";
    for (let rest = classes[automaton.locals.group(local)]!.observed; rest !== 0; rest &= rest - 1) {
      text += `${automaton.locals.register(local, 31 - Math.clz32(rest & -rest))},`;
    }
    return text;
  };
  let finalStates = 0;
  return {
    add(fields, depth) {
      for (const arrangement of arrangements(symmetry, fields)) {
        const dealt = fields.map((local, t) => (t < arrangement.length ? fields[arrangement[t]!]! : local));
        const values = locations.map((l) => valueIn(automaton, dealt, l));
        const key = values.join();
        const threads = [...dealt.subarray(0, -1)].map(observed);
        const identity = `${threads.join(";")};${fields[fields.length - 1]}`;
        const known = found.get(key);
        if (known) {
          finalStates -= known.finalStates.size;
          finalStates += known.finalStates.add(identity).size;
        } else {
          finalStates++;
          const target = { fields: fields.slice(), depth, arrangement };
          found.set(key, { values, target, finalStates: new Set([identity]) });
        }
      }
    },
    heapBytes: () => found.size * BYTES_AN_OUTCOME + finalStates * BYTES_A_FINAL_STATE,
    outcomes: () =>
      [...found.values()]
        .map(({ values, target, finalStates }) => ({ values, target, finalStates: finalStates.size }))
        .sort((a, b) => compareValues(a.values, b.values)),
  };
}

/** The value of a location in a state; NaN for a cell that is not mapped. */
export const valueIn = (automaton: Automaton, fields: Int32Array, location: Location): number =>
  location.kind === "memory"
    ? automaton.memories.read(fields[fields.length - 1]!, location.address)
    : automaton.locals.register(fields[location.thread]!, location.register);

/** Whether all threads of a state in which nothing can move have halted. */
export function allHalted(automaton: Automaton, fields: Int32Array): boolean {
  for (let t = 0; t < fields.length - 1; t++) if (automaton.kind[fields[t]!] !== KIND.HALTED) return false;
  return true;
}

export function compareValues(a: readonly number[], b: readonly number[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i]!;
    if (left !== right && !(Number.isNaN(left) && Number.isNaN(right))) return left < right ? -1 : 1;
  }
  return 0;
}
