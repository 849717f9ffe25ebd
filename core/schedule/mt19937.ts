/** Random numbers from 0 up to, not including, 1. */
export type Random = () => number;

const N = 624;
const M = 397;

/**
 * The Mersenne Twister as Python seeds and draws it: `random.seed(seed, version=1)` with an integer, then `random.random()`
 * (Matsumoto and Nishimura 1998; dialect §8.3). A negative seed equals its absolute value.
 */
export function createRandom(seed: number): Random {
  const words = new Uint32Array(N);
  initialise(words, keyOf(seed));
  let next = N;
  const draw = (): number => {
    if (next === N) {
      regenerate(words);
      next = 0;
    }
    let y = words[next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return () => {
    const high = draw() >>> 5;
    const low = draw() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}

/** The seed's 32-bit words, least significant first; 0 gives one word. */
function keyOf(seed: number): number[] {
  const magnitude = Math.abs(seed);
  const high = Math.floor(magnitude / 2 ** 32);
  return high ? [magnitude >>> 0, high] : [magnitude >>> 0];
}

function initialise(words: Uint32Array, key: readonly number[]): void {
  words[0] = 19650218;
  for (let i = 1; i < N; i++) words[i] = Math.imul(1812433253, scrambled(words[i - 1]!)) + i;
  let i = 1;
  let j = 0;
  for (let k = Math.max(N, key.length); k > 0; k--) {
    words[i] = (words[i]! ^ Math.imul(scrambled(words[i - 1]!), 1664525)) + key[j]! + j;
    j = (j + 1) % key.length;
    i = following(words, i);
  }
  for (let k = N - 1; k > 0; k--) {
    words[i] = (words[i]! ^ Math.imul(scrambled(words[i - 1]!), 1566083941)) - i;
    i = following(words, i);
  }
  words[0] = 0x80000000;
}

const scrambled = (word: number): number => word ^ (word >>> 30);

/** The next index from 1 to N−1; going round carries the last word over to the first. */
function following(words: Uint32Array, i: number): number {
  if (i + 1 < N) return i + 1;
  words[0] = words[N - 1]!;
  return 1;
}

function regenerate(words: Uint32Array): void {
  for (let i = 0; i < N; i++) {
    const y = (words[i]! & 0x80000000) | (words[(i + 1) % N]! & 0x7fffffff);
    words[i] = words[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
