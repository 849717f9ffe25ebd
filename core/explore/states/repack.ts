import type { LinearMemory } from "../kernel/kernel.ts";
import type { Layout } from "./layout.ts";

/** Words of states that are handed over at once. */
const CHUNK_WORDS = 2 ** 12;
/** Words that describe how a field is packed, see `repack` of `kernel/queues.as.ts`. */
const FIELD_WORDS = 3;

const wayBytes = ({ threads }: Layout): number => 4 * FIELD_WORDS * (threads + 1);

/** Bytes that `repacker` needs in a memory whose states are packed like this. */
export const repackerBytes = (layout: Layout): number =>
  4 * layout.words + 2 * wayBytes(layout) + 4 * Math.max(CHUNK_WORDS, layout.words);

/**
 * Prepares to add states to the set in linear memory that are packed in another way than its own, with smaller fields.
 * @param hand where it may write, from a state's bytes on
 * @param makeRoom divides buckets where one is full; returns false if that cannot be done
 * @returns a function that adds packed states, as far as there is room for them
 */
export function repacker(
  linear: LinearMemory,
  from: Layout,
  to: Layout,
  hand: number,
  makeRoom: () => boolean,
): (states: Int32Array) => void {
  const before = hand + 4 * to.words;
  const after = before + wayBytes(from);
  const chunk = after + wayBytes(to);
  linear.words.set(describe(from), before / 4);
  linear.words.set(describe(to), after / 4);
  const chunkWords = Math.max(1, Math.floor(CHUNK_WORDS / from.words)) * from.words;
  return (states) => {
    for (let begin = 0; begin < states.length; begin += chunkWords) {
      const part = states.subarray(begin, begin + chunkWords);
      linear.words.set(part, chunk / 4);
      const count = part.length / from.words;
      for (let done = 0; done < count; done++) {
        const at = chunk + 4 * done * from.words;
        const fields = from.threads + 1;
        done += linear.kernel.repack(at, count - done, from.words, fields, before, after, hand);
        if (done < count && !makeRoom()) return;
      }
    }
  };
}

/** By field: in which of a state's bytes its word begins, by how much it is shifted, and a mask of its bits. */
function describe({ threads, word, shift, localBits, memoryBits }: Layout): number[] {
  return Array.from(word, (w, field) => [
    4 * w,
    shift[field]!,
    2 ** (field < threads ? localBits : memoryBits) - 1,
  ]).flat();
}
