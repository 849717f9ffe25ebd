/**
 * How a global state (one local state a thread, and a memory) is packed into 32-bit words: fields of fixed widths, none across two words.
 * Field i < threads is thread i's local state, the last one is the memory.
 */
export interface Layout {
  readonly threads: number;
  /** Words a state. */
  readonly words: number;
  /** Bits of a local state's number, and of a memory's. */
  readonly localBits: number;
  readonly memoryBits: number;
  /** Per field: which word, and how far to shift it. */
  readonly word: Int32Array;
  readonly shift: Int32Array;
}

const WORD_BITS = 32;
/** Numbers are kept below 2^31, so that they are never negative. */
const MOST_BITS = 31;

/**
 * The layout with the fewest words in which numbers up to the given ones fit. Bits left over go to where the numbers have least room to
 * grow, because to pack all states anew is dear.
 */
export function createLayout(threads: number, largestLocal: number, largestMemory: number): Layout {
  let best = arrange(threads, bitsFor(largestLocal), bitsFor(largestMemory));
  const { words } = best;
  for (;;) {
    const { localBits, memoryBits } = best;
    const more = [
      { room: 2 ** localBits / largestLocal, layout: arrange(threads, localBits + 1, memoryBits) },
      { room: 2 ** memoryBits / largestMemory, layout: arrange(threads, localBits, memoryBits + 1) },
    ].filter(
      ({ layout }) => layout.words === words && Math.max(layout.localBits, layout.memoryBits) <= MOST_BITS,
    );
    if (more.length === 0) return best;
    best = more.reduce((a, b) => (b.room < a.room ? b : a)).layout;
  }
}

/** Whether numbers up to the given ones fit. */
export const fits = (layout: Layout, largestLocal: number, largestMemory: number): boolean =>
  bitsFor(largestLocal) <= layout.localBits && bitsFor(largestMemory) <= layout.memoryBits;

const bitsFor = (largest: number): number => Math.max(1, WORD_BITS - Math.clz32(largest));

function arrange(threads: number, localBits: number, memoryBits: number): Layout {
  const word = new Int32Array(threads + 1);
  const shift = new Int32Array(threads + 1);
  const used: number[] = [];
  for (let field = 0; field <= threads; field++) {
    const bits = field < threads ? localBits : memoryBits;
    let w = used.findIndex((taken) => taken + bits <= WORD_BITS);
    if (w < 0) w = used.push(0) - 1;
    word[field] = w;
    shift[field] = used[w]!;
    used[w] = used[w]! + bits;
  }
  return { threads, words: used.length, localBits, memoryBits, word, shift };
}

/** The fields of a packed state at `words[at …]`, into `fields`: local states by thread, then the memory. */
export function unpack(layout: Layout, words: Int32Array, at: number, fields: Int32Array): void {
  const { threads, word, shift, localBits, memoryBits } = layout;
  const localMask = -1 >>> (WORD_BITS - localBits);
  for (let t = 0; t < threads; t++) fields[t] = (words[at + word[t]!]! >>> shift[t]!) & localMask;
  fields[threads] = (words[at + word[threads]!]! >>> shift[threads]!) & (-1 >>> (WORD_BITS - memoryBits));
}

/** The reverse of `unpack`. */
export function pack(layout: Layout, fields: Int32Array, words: Int32Array, at: number): void {
  const { threads, word, shift } = layout;
  for (let w = 0; w < layout.words; w++) words[at + w] = 0;
  for (let f = 0; f <= threads; f++) words[at + word[f]!]! |= fields[f]! << shift[f]!;
}
