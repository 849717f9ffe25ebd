/**
 * How the next transition is drawn. `uniform`: every possible one is equally likely. `drain`: first whether a store drains (with this
 * probability, where both are possible), then which. `pct`: threads and buffers have random priorities that drop at
 * `depth` − 1 random places; finds every bug of that depth with a known probability (Burckhardt and others, ASPLOS 2010).
 */
export type Chooser =
  | { readonly kind: "uniform" }
  | { readonly kind: "drain"; readonly probability: number }
  | { readonly kind: "pct"; readonly depth: number };

/** Random 32-bit numbers, the same for the same seed (xorshift32 over a mixed seed). */
export function createRandom(seed: number): () => number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}

/** More threads than this cannot be sampled: sets of steps are bit sets of two bits a thread, execution and drain. */
export const MOST_SAMPLED_THREADS = 15;

/** Chooses one of the possible steps: bit 2t is the execution of thread t, bit 2t + 1 its drain. */
export interface Choose {
  /** A run begins. */
  begin(): void;
  /** The bit number of a step out of a set that is not empty; `index` steps were before it in this run. */
  next(possible: number, index: number): number;
}

export function createChooser(chooser: Chooser, threads: number, random: () => number): Choose {
  const nothing = (): void => {};
  switch (chooser.kind) {
    case "uniform":
      return { begin: nothing, next: (possible) => drawBit(possible, 2 * threads, random) };
    case "drain":
      return {
        begin: nothing,
        next: (possible) => {
          const drains = possible & DRAINS;
          const executions = possible & ~DRAINS;
          const wanted = random() < chooser.probability * 2 ** 32 ? drains : executions;
          return drawBit(wanted === 0 ? possible : wanted, 2 * threads, random);
        },
      };
    case "pct":
      return byPriority(chooser.depth, threads, random);
  }
}

const DRAINS = 0x2aaaaaaa;

/** Tries numbers below `width` until one is in the set: few tries, since sets are rarely sparse. */
function drawBit(set: number, width: number, random: () => number): number {
  for (;;) {
    const bit = Math.floor((random() / 2 ** 32) * width);
    if ((set >>> bit) & 1) return bit;
  }
}

/** PCT: the step with the highest priority is taken; at `depth` - 1 places the one that is about to be taken drops below all others. */
function byPriority(depth: number, threads: number, random: () => number): Choose {
  const priority = new Float64Array(2 * threads);
  const drops = new Set<number>();
  let longest = 1; // run so far: where drops can be
  return {
    begin() {
      for (let i = 0; i < priority.length; i++) priority[i] = random();
      drops.clear();
      for (let d = 1; d < depth; d++) drops.add(Math.floor((random() / 2 ** 32) * longest));
    },
    next(possible, index) {
      longest = Math.max(longest, index + 1);
      let best = highest(priority, possible);
      if (drops.has(index)) {
        priority[best] = -1 - index;
        best = highest(priority, possible);
      }
      return best;
    },
  };
}

function highest(priority: Float64Array, possible: number): number {
  let best = -1;
  for (let i = 0; i < priority.length; i++) {
    if ((possible >>> i) & 1 && (best < 0 || priority[i]! > priority[best]!)) best = i;
  }
  return best;
}
