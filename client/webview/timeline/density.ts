import type { Events } from "./events.ts";
import { EDIT_WORD } from "./words.ts";

/** Events in a block. A byte counts them. */
const BLOCK = 128;

/** How many events of each thread are in each block: block × threads + thread. Changes by hand are not counted. */
export interface Blocks {
  readonly executed: Uint8Array;
  readonly drained: Uint8Array;
}

export const noBlocks: Blocks = { executed: new Uint8Array(0), drained: new Uint8Array(0) };

/** Counts again the blocks that hold events from an index on; those before stay as they are. */
export function recount(events: Events, from: number): Blocks {
  const { words, length, threads } = events;
  const first = Math.floor(from / BLOCK);
  const blocks = withRoom(events.blocks, first * threads, Math.ceil(length / BLOCK) * threads);
  for (let i = first * BLOCK; i < length; i++) {
    const word = words[i]!;
    if (word === EDIT_WORD) continue;
    const counts = word & 1 ? blocks.drained : blocks.executed;
    const at = Math.floor(i / BLOCK) * threads + (word >> 1);
    counts[at] = counts[at]! + 1;
  }
  return blocks;
}

/** Blocks of which the first `kept` numbers stay and those up to `room` are 0. */
function withRoom({ executed, drained }: Blocks, kept: number, room: number): Blocks {
  if (room <= executed.length) {
    executed.fill(0, kept, room);
    drained.fill(0, kept, room);
    return { executed, drained };
  }
  const larger = (counts: Uint8Array): Uint8Array => {
    const made = new Uint8Array(Math.max(room, counts.length * 2));
    made.set(counts.subarray(0, kept));
    return made;
  };
  return { executed: larger(executed), drained: larger(drained) };
}

/** A row of pixel columns: the event at its left edge (may lie between two), and pixels an event. */
interface Columns {
  readonly first: number;
  readonly scale: number;
  readonly columns: number;
}

export interface Density {
  readonly columns: number;
  /** Events of a thread in a column, at thread × columns + column. */
  readonly executed: Uint32Array;
  readonly drained: Uint32Array;
  /** The highest of these numbers, at least 1. */
  readonly most: number;
}

/** Counts the events in each column; whole blocks at a time where a block is narrower than a column, so that a frame stays cheap. */
export function densityOf(events: Events, { first, scale, columns }: Columns): Density {
  const executed = new Uint32Array(columns * events.threads);
  const drained = new Uint32Array(columns * events.threads);
  let most = 1;
  const count = (counts: Uint32Array, thread: number, column: number, amount: number): void => {
    const at = thread * columns + column;
    counts[at] = counts[at]! + amount;
    if (counts[at]! > most) most = counts[at]!;
  };
  const { words, blocks, threads, length } = events;
  const stride = BLOCK * scale <= 1 ? BLOCK : 1;
  const start = Math.floor(Math.max(0, first) / stride) * stride;
  const end = Math.min(length, Math.ceil(first + columns / scale));
  for (let i = start; i < end; i += stride) {
    const column = Math.floor((i - first) * scale);
    if (column < 0 || column >= columns) continue;
    if (stride === 1) {
      const word = words[i]!;
      if (word !== EDIT_WORD) count(word & 1 ? drained : executed, word >> 1, column, 1);
      continue;
    }
    const block = (i / BLOCK) * threads;
    for (let t = 0; t < threads; t++) {
      count(executed, t, column, blocks.executed[block + t]!);
      count(drained, t, column, blocks.drained[block + t]!);
    }
  }
  return { columns, executed, drained, most };
}
