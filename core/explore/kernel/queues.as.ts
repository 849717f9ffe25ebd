/**
 * The queues in front of buckets: states wait there until there are many for the same bucket, which then comes into a processor's cache only once.
 */
import { hash, hashOf } from "./hash.as";
import { countOf, GROUP, GROUPS, HEADER, insert, PEAK, size, statesBegin } from "./slots.as";

// The table of buckets: where the next state of a bucket's queue is written, and where its queue ends.
const TAIL: usize = 0;
const END: usize = 4;
const LOG_ENTRY: u32 = 3;
/** Of the table and the list of waiting buckets together. */
const ENTRY_BYTES: u32 = 12;

/** The table of buckets, and by how much a hash is shifted, after a shift by 1, to be a bucket's number. */
let buckets: u32 = 0;
let shift: u64 = 63;
/** The list of the buckets that have had something in their queues since they were emptied: places in the table. */
let list: u32 = 0;
let listed: u32 = 0;

// Of all buckets: number of states, of states that there has been room made for, and of groups.
let states: u32 = 0;
let touched: u32 = 0;
let groupsInUse: u32 = 0;

/**
 * From now on there are these buckets, with nothing in their queues; `useBucket` is to tell of each.
 * @param at room for `ENTRY_BYTES` a bucket
 * @param bits log2 of their number
 */
export function useBuckets(at: u32, bits: u32): void {
  buckets = at;
  shift = 63 - bits;
  list = at + ((1 << bits) << LOG_ENTRY);
  listed = states = touched = groupsInUse = 0;
}

/** Tells the slot of a bucket. */
export function useBucket(number: u32, slot: u32): void {
  const bucket = buckets + (number << LOG_ENTRY);
  store<u32>(bucket, slot + HEADER, TAIL);
  store<u32>(bucket, slot + statesBegin, END);
  note(slot, 0, 0, 0);
}

/** Counts what has been added to a bucket since it had so many states, such a peak and so many groups. */
@inline
function note(slot: u32, count: u32, peak: u32, groups: u32): void {
  store<u32>(slot, max(load<u32>(slot, PEAK), countOf(slot)), PEAK);
  states += countOf(slot) - count;
  touched += load<u32>(slot, PEAK) - peak;
  groupsInUse += load<u32>(slot, GROUPS) - groups;
}

/** Number of states in all buckets. */
export function total(): u32 {
  return states;
}

/** Bytes of all slots that are in use, or have been: what lies beyond has never been touched. */
export function bytesInUse(): f64 {
  const number = 1 << <u32>(63 - shift);
  return <f64>number * (statesBegin + ENTRY_BYTES) + <f64>touched * (4 * size) + <f64>groupsInUse * GROUP;
}

/** Number of buckets that have had something in their queues since they were emptied. */
export function waiting(): u32 {
  return listed;
}

/** The number of one of these buckets. */
export function waitingAt(i: u32): u32 {
  return (load<u32>(list + 4 * i) - buckets) >>> LOG_ENTRY;
}

/** The bytes of a bucket's queue that are in use, and where they begin. */
export function queuedOf(number: u32): u32 {
  return load<u32>(buckets + (number << LOG_ENTRY), TAIL) - queueOf(number);
}

export function queueOf(number: u32): u32 {
  return slotOf(buckets + (number << LOG_ENTRY)) + HEADER;
}

/** Forgets what is in queues. */
export function forgetQueues(): void {
  for (let i: u32 = 0; i < listed; i++) {
    const bucket = load<u32>(list + 4 * i);
    store<u32>(bucket, slotOf(bucket) + HEADER, TAIL);
  }
  listed = 0;
}

/** The number of the bucket to which the state at an address belongs. */
export function bucketOf(state: u32): u32 {
  return numberOf(hash(state, size));
}

/**
 * Queues the state at an address for insertion; a queue that is full is inserted.
 * @returns false if a bucket has no room for all of its queue: buckets must be divided before anything else is added
 */
export function add(state: u32): bool {
  if (size == 1) return queue<u32>(load<u32>(state));
  if (size == 2) return queue<u64>(load<u64>(state));
  const bucket = buckets + (bucketOf(state) << LOG_ENTRY);
  memory.copy(load<u32>(bucket, TAIL), state, 4 * size);
  return advance(bucket, 4 * size);
}

/** `add` for a state that is one number. */
@inline
export function queue<T>(state: T): bool {
  const bucket = buckets + (numberOf(hashOf<T>(state)) << LOG_ENTRY);
  store<T>(load<u32>(bucket, TAIL), state);
  return advance(bucket, <u32>sizeof<T>());
}

@inline
function advance(bucket: u32, bytes: u32): bool {
  const tail = load<u32>(bucket, TAIL) + bytes;
  const end = load<u32>(bucket, END);
  store<u32>(bucket, tail, TAIL);
  if (tail - bytes == end - (statesBegin - HEADER)) store<u32>(list + 4 * listed++, bucket);
  return tail != end || insertQueue(bucket, 1);
}

/**
 * Adds states that are packed in another way. A way of packing is described by three words for each field: in which of a state's bytes its word
 * begins, by how much it is shifted, and a mask of its bits.
 * @param at where the states begin
 * @param words their size
 * @param fields number of fields
 * @param before how they are packed
 * @param after how they are to be packed
 * @param hand room for a state
 * @returns how many have been added before the one for which buckets must be divided, which is queued; or `count`
 */
export function repack(at: u32, count: u32, words: u32, fields: u32, before: u32, after: u32, hand: u32): u32 {
  for (let i: u32 = 0; i < count; i++, at += 4 * words) {
    memory.fill(hand, 0, 4 * size);
    for (let f: u32 = 0; f < 12 * fields; f += 12) {
      const from = before + f;
      const to = after + f;
      const value = (load<u32>(at + load<u32>(from)) >>> load<u32>(from, 4)) & load<u32>(from, 8);
      const word = hand + load<u32>(to);
      store<u32>(word, load<u32>(word) | (value << load<u32>(to, 4)));
    }
    if (!add(hand)) return i;
  }
  return count;
}

/** Inserts everything that is queued. @returns as `add` */
export function flush(): bool {
  for (let i: u32 = 0; i < listed; i++) if (!insertQueue(load<u32>(list + 4 * i), 0)) return false;
  return true;
}

/**
 * Inserts a queue except for the last `rest` states, which are left: a queue that is in the list stays in use, so that it is not listed again.
 * @returns false if there is no room for all of them; those are left, too
 */
function insertQueue(bucket: u32, rest: u32): bool {
  const slot = slotOf(bucket);
  const begin = slot + HEADER;
  const tail = load<u32>(bucket, TAIL);
  const end = tail - 4 * size * rest;
  const count = countOf(slot);
  const peak = load<u32>(slot, PEAK);
  const groups = load<u32>(slot, GROUPS);
  const at = insert(slot, end);
  note(slot, count, peak, groups);
  memory.copy(begin, at, tail - at);
  store<u32>(bucket, begin + tail - at, TAIL);
  return at == end;
}

/** The slot of a bucket, by its place in the table. */
@inline
function slotOf(bucket: u32): u32 {
  return load<u32>(bucket, END) - statesBegin;
}

@inline
function numberOf(h: u64): u32 {
  return <u32>((h >>> 1) >>> shift); // in two steps, because a shift by 64 is one by 0
}
