/**
 * The buckets of a set of states, see `state-set.ts`. Each lies in a slot of linear memory: a header, a queue of states that wait to be inserted
 * (`queues.as.ts`), the packed states in the order of arrival, and an index on them.
 *
 * An index consists of groups of 16 entries. An entry is a tag, eight bits of a state's hash or 0 where it is free, and the position of the
 * state. A state is in the first group, from the one that its hash chooses on, that had room for it. All tags of a group are compared at once,
 * so that there is one branch that depends on the state: whether it is there. Each branch that is foreseen wrongly costs as much as the rest,
 * because whatever is looked at next has to come from memory.
 */

import { groupOf, hash, hashOf, tagOf } from "./hash.as";

// The header of a slot.
export const HEADER: u32 = 64;
const COUNT: usize = 0;
/** Groups of the index. */
export const GROUPS: usize = 4;
/** The largest number of states that it has had. */
export const PEAK: usize = 8;

// A group: the tags, and behind them the positions, of 16 bits each.
export const GROUP: u32 = 48;
const POSITIONS: u32 = 16;
/** An index has more groups when so many entries of each are taken, on average. */
const CROWDED: u32 = 13;
/** A new bucket has as few groups as this, or up to twice as many. */
const FEW_GROUPS: u32 = 16;

/** Words of a state. */
export let size: u32 = 1;
/** Where in a slot the states begin, and the index. */
export let statesBegin: u32 = 0;
let indexBegins: u32 = 0;
/** Most states of a bucket, and the groups of the smallest index and of the largest. */
let most: u32 = 0;
let fewGroups: u32 = 0;
let mostGroups: u32 = 0;

/**
 * Sets how slots are laid out.
 * @param words words of a state
 * @param queued states that a queue has room for, two at least
 * @param held states that a bucket has room for, less than 2^16
 * @returns the bytes of a slot
 */
export function configure(words: u32, queued: u32, held: u32): u32 {
  size = words;
  most = held;
  statesBegin = HEADER + 4 * words * queued;
  indexBegins = (statesBegin + 4 * words * held + 15) & ~15;
  mostGroups = (held + CROWDED - 1) / CROWDED;
  fewGroups = mostGroups;
  let doublings: u32 = 0;
  for (; fewGroups >= 2 * FEW_GROUPS; doublings++) fewGroups = (fewGroups + 1) >>> 1;
  mostGroups = fewGroups << doublings;
  const bytes = indexBegins + GROUP * mostGroups;
  // Slots at multiples of a large power of two would compete for the same places of a processor's cache.
  return (bytes | 63) + 1 + ((bytes & 64) === 0 ? 0 : 64) + 64;
}

/** Makes a slot an empty bucket. */
export function clear(slot: u32): void {
  store<u32>(slot, 0, COUNT);
  store<u32>(slot, 0, PEAK);
  renewIndex(slot, fewGroups);
}

export function countOf(slot: u32): u32 {
  return load<u32>(slot, COUNT);
}

export function statesOf(slot: u32): u32 {
  return slot + statesBegin;
}

/** Inserts those of a bucket's queue up to `end` that are not in it yet. @returns where the first one is for which there is no room, or `end` */
export function insert(slot: u32, end: u32): u32 {
  if (size == 1) return insertNumbers<u32>(slot, end);
  if (size == 2) return insertNumbers<u64>(slot, end);
  return insertWords(slot, end);
}

/** `insert` for states that are one number. */
function insertNumbers<T>(slot: u32, end: u32): u32 {
  const bytes = <u32>sizeof<T>();
  const states = slot + statesBegin;
  const index = slot + indexBegins;
  let count = load<u32>(slot, COUNT);
  let groups = load<u32>(slot, GROUPS);
  let indexEnd = index + GROUP * groups;
  let at = slot + HEADER;
  for (; at < end; at += bytes) {
    const state = load<T>(at);
    const h = hashOf<T>(state);
    const tag = i8x16.splat(<i8>tagOf(h));
    let group = index + GROUP * groupOf(h, groups);
    let known = false;
    let free: u32 = 0;
    while (free == 0) {
      const tags = v128.load(group);
      let alike = <u32>i8x16.bitmask(i8x16.eq(tags, tag));
      while (alike != 0) {
        const position = <u32>load<u16>(group + POSITIONS + 2 * <u32>ctz(alike));
        known = load<T>(states + position * bytes) == state;
        if (known) break;
        alike &= alike - 1;
      }
      if (known) break;
      free = freeIn(tags);
      if (free == 0) {
        group += GROUP;
        if (group == indexEnd) group = index;
      }
    }
    if (known) continue;
    if (count == most) break;
    let entry = group + <u32>ctz(free);
    if (isCrowded(count, groups)) {
      store<u32>(slot, count, COUNT);
      groups *= 2;
      indexEnd = index + GROUP * groups;
      renewIndex(slot, groups);
      entry = freeEntry(slot, h);
    }
    store<T>(states + count * bytes, state);
    fill(entry, h, count);
    count++;
  }
  store<u32>(slot, count, COUNT);
  return at;
}

/** `insert` for states of any size. */
function insertWords(slot: u32, end: u32): u32 {
  let at = slot + HEADER;
  for (; at < end; at += 4 * size) {
    if (find(slot, at) >= 0) continue;
    if (load<u32>(slot, COUNT) == most) break;
    append(slot, at, hash(at, size));
  }
  return at;
}

/** The position in a bucket of the state at an address, or -1. */
export function find(slot: u32, state: u32): i32 {
  const index = slot + indexBegins;
  const groups = load<u32>(slot, GROUPS);
  const h = hash(state, size);
  const tag = i8x16.splat(<i8>tagOf(h));
  let group = index + GROUP * groupOf(h, groups);
  for (let free: u32 = 0; free == 0; ) {
    const tags = v128.load(group);
    for (let alike = <u32>i8x16.bitmask(i8x16.eq(tags, tag)); alike != 0; alike &= alike - 1) {
      const position = <u32>load<u16>(group + POSITIONS + 2 * <u32>ctz(alike));
      if (areEqual(slot + statesBegin + position * 4 * size, state)) return position;
    }
    free = freeIn(tags);
    group += GROUP;
    if (group == index + GROUP * groups) group = index;
  }
  return -1;
}

/**
 * Divides some states of a bucket by a bit of their hash: those where it is 0 are added to the bucket anew, those where it is 1 to another
 * bucket. To be called for all states of a bucket in order, after `prepareToDivide`.
 */
export function divide(slot: u32, other: u32, from: u32, to: u32, bit: u32): void {
  const states = slot + statesBegin;
  for (let i = from; i < to; i++) {
    const state = states + i * 4 * size;
    const h = hash(state, size);
    append((h >>> (<u64>bit)) & 1 ? other : slot, state, h);
  }
}

/** Makes a bucket that is about to be divided, and the one that gets the other half, empty ones, with indexes for half as many states. */
export function prepareToDivide(slot: u32, other: u32): void {
  const half = countOf(slot) >>> 1;
  let groups = fewGroups;
  while (isCrowded(half, groups)) groups *= 2;
  store<u32>(slot, 0, COUNT);
  store<u32>(other, 0, COUNT);
  renewIndex(slot, groups);
  renewIndex(other, groups);
}

/** Whether an index should have more groups for one more state. The largest has enough for all that a bucket has room for. */
@inline
function isCrowded(count: u32, groups: u32): bool {
  return count >= CROWDED * groups && groups < mostGroups;
}

/** Adds a state that is not in a bucket. */
function append(slot: u32, state: u32, h: u64): void {
  const count = load<u32>(slot, COUNT);
  const groups = load<u32>(slot, GROUPS);
  if (isCrowded(count, groups)) renewIndex(slot, 2 * groups);
  const to = slot + statesBegin + count * 4 * size;
  if (size == 1) store<u32>(to, load<u32>(state));
  else if (size == 2) store<u64>(to, load<u64>(state));
  else memory.copy(to, state, 4 * size);
  fill(freeEntry(slot, h), h, count);
  store<u32>(slot, count + 1, COUNT);
}

/** Makes an index anew, with so many groups. */
function renewIndex(slot: u32, groups: u32): void {
  const count = load<u32>(slot, COUNT);
  store<u32>(slot, groups, GROUPS);
  memory.fill(slot + indexBegins, 0, GROUP * groups);
  let state = slot + statesBegin;
  for (let position: u32 = 0; position < count; position++, state += 4 * size) {
    const h = hash(state, size);
    fill(freeEntry(slot, h), h, position);
  }
}

/** Where the tag is of the first free entry for a state with this hash. */
@inline
function freeEntry(slot: u32, h: u64): u32 {
  const index = slot + indexBegins;
  const groups = load<u32>(slot, GROUPS);
  let group = index + GROUP * groupOf(h, groups);
  let free = freeIn(v128.load(group));
  while (free == 0) {
    group += GROUP;
    if (group == index + GROUP * groups) group = index;
    free = freeIn(v128.load(group));
  }
  return group + <u32>ctz(free);
}

/** A bit for each of a group's tags that is 0. */
@inline
function freeIn(tags: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(tags, i8x16.splat(0)));
}

/** Fills an entry, given where its tag is. Groups begin at multiples of 16. */
@inline
function fill(entry: u32, h: u64, position: u32): void {
  store<u8>(entry, <u8>tagOf(h));
  store<u16>(entry + POSITIONS + (entry & 15), <u16>position);
}

function areEqual(a: u32, b: u32): bool {
  for (let w: u32 = 0; w < 4 * size; w += 4) if (load<u32>(a + w) != load<u32>(b + w)) return false;
  return true;
}

