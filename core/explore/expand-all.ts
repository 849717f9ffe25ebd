import { type PlainTables, STEP } from "./automaton.ts";
import type { Bucket } from "./bucket.ts";
import { selectAll } from "./moves.ts";
import type { Search, Visitor } from "./search.ts";
import { FACTOR, scatter } from "./state-hash.ts";

/**
 * Takes every step of the states `from` … `to`−1 of a bucket, threads in order, each thread's execution before its drain: what levels 0 to 2
 * do most of their time. It does nothing but look up numbers in plain tables, change a packed state in the two fields that a step changes, and
 * put it into a queue; all that happens seldom is left to others. That no call is made for a step, and no object for a state, is what makes
 * it several times as fast as a list of moves.
 * @param tables the automaton's, as they are now
 * @param bucket its states have two words at most
 * @returns the position after the last state done, which is before `to` if the limits should be looked at, or if the automaton has no plain
 *   tables any more; undefined if states have been moved, or must be, as a number has become too large for its field: all must be done again
 */
export function expandAll(
  search: Search,
  tables: PlainTables,
  bucket: Bucket,
  from: number,
  to: number,
  level: number,
  visitor: Visitor,
): number | undefined {
  const { automaton, set, pending, elsewhere, fields } = search;
  const { words, queues, queued, queueWords } = set;
  const { threads, words: size, word, shift, localBits, memoryBits } = set.layout;
  const localMask = 2 ** localBits - 1;
  const memoryMask = 2 ** memoryBits - 1;
  const memoryInLow = word[threads] === 0;
  const memoryShift = shift[threads]!;
  const two = size === 2;
  const bucketShift = 31 - set.bucketBits;
  let { direct, drains, cell, next, write, weight, rows, stride } = tables;
  let { byValue, valueBits, written, effectBits } = tables;
  let transitions = 0;
  let i = from;
  while (i < to) {
    const at = bucket.states + i * size;
    const low = words[at]!;
    const high = two ? words[at + 1]! : 0;
    const memory = ((memoryInLow ? low : high) >>> memoryShift) & memoryMask;
    let steps = 0;
    let faulted = false;
    let missing = false;
    if (elsewhere) {
      set.read(bucket, i, fields);
      elsewhere.from(fields);
    }
    for (let t = 0; t < threads; t++) {
      const by = shift[t]!;
      const inLow = word[t] === 0;
      const local = ((inLow ? low : high) >>> by) & localMask;
      let step = direct[local]!;
      let drain = drains[local]!;
      if (step === STEP.BY_VALUE) {
        const value = rows[memory * stride + cell[local]!]!;
        step = byValue[(local << valueBits) | value]! - 1;
      }
      if (step < 0 || drain < 0) {
        if (step === STEP.FAULTED) faulted = true;
        else if (step < 0) missing = true;
        if (drain < 0) missing = true;
      }
      if (step <= 0) {
        step = drain;
        drain = STEP.NONE;
      }
      for (; step > 0; step = drain, drain = STEP.NONE) {
        const effect = write[step]!;
        const after = effect === 0 ? memory : written[(memory << effectBits) | effect]! - 1;
        if (after < 0) {
          missing = true;
          continue;
        }
        steps++;
        const change = next[step]! - local;
        const memoryChange = after - memory;
        const ahead = weight[step]!;
        const goes = elsewhere?.has(local, local + change, memory, after) ?? false;
        let first = low;
        let second = high;
        if (inLow) first = (first + (change << by)) | 0;
        else second = (second + (change << by)) | 0;
        if (memoryInLow) first = (first + (memoryChange << memoryShift)) | 0;
        else second = (second + (memoryChange << memoryShift)) | 0;
        if (ahead === 1 && !goes) {
          const h = scatter(Math.imul(Math.imul(second, FACTOR) + first, FACTOR));
          const number = (h >>> 1) >>> bucketShift;
          let used = queued[number]!;
          if (used === queueWords) {
            set.insert(number);
            if (set.moved) return undefined;
            used = 0;
          }
          if (used === 0) set.waiting.push(number);
          queued[number] = used + size;
          const place = queues[number]! + used;
          words[place] = first;
          if (two) words[place + 1] = second;
          continue;
        }
        const target = search.words;
        target[0] = first;
        if (two) target[1] = second;
        if (goes) elsewhere!.send(set.layout, target, level + ahead);
        else pending.add(level + ahead, target);
      }
    }
    if (missing) {
      // Fill in what is missing, and take the state again: states that have been put into queues twice do no harm.
      set.read(bucket, i, fields);
      selectAll(automaton, fields, search.moves);
      if (search.outgrown) return undefined;
      const filled = automaton.plainTables();
      if (!filled) break;
      ({ direct, drains, cell, next, write, weight, rows, stride } = filled);
      ({ byValue, valueBits, written, effectBits } = filled);
      if (automaton.effort > search.enough) to = i + 1;
      continue;
    }
    if (faulted || steps === 0 || visitor.state) {
      set.read(bucket, i, fields);
      visitor.state?.(fields, level);
      if (faulted) visitor.fault(fields, level);
      if (steps === 0) visitor.terminal(fields, level);
    }
    transitions += steps;
    i++;
  }
  search.transitions += transitions;
  return i;
}
