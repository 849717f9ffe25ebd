import bytes from "./buckets.wasm";

/** What is exported by `buckets.as.ts`, where it is described. Addresses are in bytes. */
export interface Kernel {
  configure(words: number, waiting: number, states: number): number;
  clear(slot: number): void;
  insert(slot: number, waiting: number): number;
  find(slot: number, state: number): number;
  divide(slot: number, other: number, from: number, to: number, bit: number): void;
  index(slot: number): void;
}

/** The header of a slot as `buckets.as.ts` lays it out: its bytes, and which of its words holds what. */
export const HEADER = { BYTES: 64, COUNT: 0, MASK: 1 } as const;

/** Linear memory; `grow` makes it larger by so many pages, and throws a `RangeError` where there is not as much. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

// What is used of the names that every host of WebAssembly has.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { readonly initial: number }) => LinearMemory;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: LinearMemory } },
  ) => { readonly exports: unknown };
};

let compiled: object | undefined;

/** A kernel with memory of its own, of one page. */
export function createKernel(): { readonly kernel: Kernel; readonly memory: LinearMemory } {
  compiled ??= new WebAssembly.Module(bytes);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernel: exports as Kernel, memory };
}
