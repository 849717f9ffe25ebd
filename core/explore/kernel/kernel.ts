import bytes from "./kernel.wasm";

/** What is exported by `kernel.as.ts`; it is described where it is written. Addresses, see `address`, and amounts are in bytes. */
export interface Kernel {
  configure(words: number, queued: number, held: number): number;
  useBuckets(at: number, bits: number): void;
  useBucket(number: number, slot: number): void;
  clear(slot: number): void;
  countOf(slot: number): number;
  statesOf(slot: number): number;
  total(): number;
  bytesInUse(): number;
  bucketOf(state: number): number;
  /** @returns 0 for false */
  add(state: number): number;
  flush(): number;
  waiting(): number;
  waitingAt(i: number): number;
  queueOf(number: number): number;
  queuedOf(number: number): number;
  forgetQueues(): void;
  find(slot: number, state: number): number;
  divide(slot: number, other: number, from: number, to: number, bit: number): void;
  prepareToDivide(slot: number, other: number): void;
  repack(
    at: number,
    count: number,
    words: number,
    fields: number,
    before: number,
    after: number,
    hand: number,
  ): number;

  useShape(threads: number, localBits: number, memoryBits: number, shifts: number): void;
  useTables(
    locals: number,
    steps: number,
    byValue: number,
    valueBits: number,
    rows: number,
    stride: number,
    written: number,
    effectBits: number,
    digests: number,
  ): void;
  useParts(own: number, count: number, departures: number, bytes: number): void;
  expand(slot: number, from: number, to: number): number;
  reason(): number;
  taken(): number;
  departures(): number;
}

/** An address that a kernel returns: what comes out of WebAssembly is a signed number. */
export const address = (returned: number): number => returned >>> 0;

/** Why `expand` has ended: `TERMINAL` and `FAULT` may come together. */
export const REASON = {
  DONE: 0,
  /** An entry of a table is missing for the state that it has come to. */
  MISSING: 1,
  /** There is no room for more departures. */
  DEPARTED: 2,
  /** A bucket is full. */
  FULL: 3,
  /** In the last state that is done nothing can move. */
  TERMINAL: 4,
  /** In the last state that is done a thread has met a fault. */
  FAULT: 8,
} as const;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

// What is used of the names that every host of WebAssembly has.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { readonly initial: number }) => Memory;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: unknown };
};

/** Of linear memory. */
const PAGE_BYTES = 2 ** 16;
/** Of a processor's cache. */
const LINE_BYTES = 64;

let compiled: object | undefined;

/** Linear memory, which is given out piece by piece and never taken back, with a kernel that works in it. */
export class LinearMemory {
  readonly kernel: Kernel;
  /** Linear memory as words; another array after `allocate`. */
  words: Int32Array;
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  /** Address 0 is left out: it means nowhere. */
  private used = LINE_BYTES;

  constructor() {
    compiled ??= new WebAssembly.Module(bytes);
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory: this.memory } });
    this.kernel = exports as Kernel;
    this.words = new Int32Array(this.memory.buffer);
  }

  /** @returns where so many bytes begin that are in use from now on, or undefined if there is not as much memory */
  allocate(size: number): number | undefined {
    const begin = this.used;
    const end = Math.ceil((begin + size) / LINE_BYTES) * LINE_BYTES;
    const pages = Math.ceil((end - this.memory.buffer.byteLength) / PAGE_BYTES);
    try {
      if (pages > 0) this.memory.grow(pages);
    } catch {
      return undefined;
    }
    if (pages > 0) this.words = new Int32Array(this.memory.buffer);
    this.used = end;
    return begin;
  }
}
