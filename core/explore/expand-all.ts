import { STEP } from "./automaton.ts";
import { unpack } from "./layout.ts";
import type { Search, Visitor } from "./search.ts";
import { scatter, sum } from "./state-hash.ts";

/**
 * Takes every step of the states `from` … `to`−1 of a bucket, threads in order, each thread's execution before its drain: what levels 0 to 2
 * do most of their time. It does nothing but look up numbers, change a packed state in the two fields that a step changes, and put it
 * into a queue; all that happens seldom is left to others. That no call is made for a step, and no object for a state, is what makes it
 * several times as fast as a list of moves.
 * @param states the packed states of the bucket
 * @returns the position after the last state done, which is before `to` if the limits should be looked at; undefined if a number has become
 *   too large for its field, so that all must be done again with a new layout
 */
export function expandAll(
  search: Search,
  states: Int32Array,
  from: number,
  to: number,
  level: number,
  visitor: Visitor,
): number | undefined {
  const { automaton, set, pending, elsewhere } = search;
  const { memories } = automaton;
  const { threads, words, word, shift, localBits, memoryBits } = set.layout;
  const localMask = 2 ** localBits - 1;
  const memoryMask = 2 ** memoryBits - 1;
  let known = memories.count;
  const { weights } = set;
  const memoryWord = word[threads]!;
  const memoryShift = shift[threads]!;
  const memoryWeight = weights[threads]!;
  let { direct, drains, next, write, weight, steps } = automaton;
  let transitions = 0;
  for (let i = from; i < to; i++) {
    const at = i * words;
    const total = sum(states, at, words);
    const memory = (states[at + memoryWord]! >>> memoryShift) & memoryMask;
    const before = transitions;
    let faulted = false;
    if (elsewhere) {
      unpack(set.layout, states, at, search.fields);
      elsewhere.from(search.fields);
    }
    for (let t = 0; t < threads; t++) {
      const local = (states[at + word[t]!]! >>> shift[t]!) & localMask;
      let step = direct[local]!;
      let drain = drains[local]!;
      if (step < 0 || drain < 0) {
        if (step === STEP.FAULTED) {
          faulted = true;
          step = STEP.NONE;
        } else if (step < 0) step = automaton.execution(local, memory);
        if (drain < 0) drain = automaton.drain(local);
        if (steps !== automaton.steps) {
          if (search.outgrown) return undefined;
          ({ direct, drains, next, write, weight, steps } = automaton); // they may have been replaced by longer ones
          if (automaton.effort > search.enough) to = i + 1;
        }
      }
      if (step === STEP.NONE) {
        step = drain;
        drain = STEP.NONE;
      }
      for (; step !== STEP.NONE; step = drain, drain = STEP.NONE) {
        transitions++;
        const change = next[step]! - local;
        const effect = write[step]!;
        const memoryChange = effect === 0 ? 0 : memories.after(memory, effect) - memory;
        if (memories.count !== known) {
          if (search.outgrown) return undefined;
          known = memories.count;
          if (automaton.effort > search.enough) to = i + 1;
        }
        const ahead = weight[step]!;
        const goes = elsewhere?.has(local, local + change, memory, memory + memoryChange) ?? false;
        let target = search.words;
        let place = 0;
        if (ahead === 1 && !goes) {
          place = set.place(
            scatter(total + Math.imul(change, weights[t]!) + Math.imul(memoryChange, memoryWeight)),
          );
          target = set.queues;
        }
        for (let w = 0; w < words; w++) target[place + w] = states[at + w]!;
        target[place + word[t]!]! += change << shift[t]!;
        target[place + memoryWord]! += memoryChange << memoryShift;
        if (goes) elsewhere!.send(set.layout, target, level + ahead);
        else if (ahead !== 1) pending.add(level + ahead, target);
      }
    }
    if (faulted || transitions === before || visitor.state) {
      unpack(set.layout, states, at, search.fields);
      visitor.state?.(search.fields, level);
      if (faulted) visitor.fault(search.fields, level);
      if (transitions === before) visitor.terminal(search.fields, level);
    }
  }
  search.transitions += transitions;
  return to;
}
