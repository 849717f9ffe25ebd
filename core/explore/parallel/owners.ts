import type { WideIntegers } from "../../machine/wide.ts";
import type { Automaton } from "../search/automaton.ts";
import { bufferDigests, type Digests, memoryDigests } from "./digests.ts";

/**
 * Which part of a divided exploration a state belongs to: what its memory and its buffers hold decides, so that steps that leave them as they are
 * do not lead elsewhere. All parts agree on it, because it comes from digests of these contents. They are summed up, so that the order of threads
 * makes no difference and the sum of a successor is found from that of the state.
 */
export class Owners {
  private readonly parts: number;
  private readonly memories: Digests;
  private readonly buffers: Digests;
  /** Of the state that was told last. */
  private sum = 0;

  constructor(automaton: Automaton, wide: WideIntegers, parts: number) {
    this.parts = parts;
    this.memories = memoryDigests(automaton.memories, wide);
    this.buffers = bufferDigests(automaton.locals, wide);
  }

  /** Tells it a state. @returns its owner, from 0 to `parts` − 1 */
  from(fields: Int32Array): number {
    const buffers = this.buffers.upToDate();
    const last = fields.length - 1;
    let sum = this.memories.upToDate()[fields[last]!]!;
    for (let t = 0; t < last; t++) sum += buffers[fields[t]!]!;
    this.sum = sum | 0;
    return this.ownerOf(this.sum);
  }

  /** The owner of the state that differs from that one in one thread's local state, and in the memory. */
  after(local: number, nextLocal: number, memory: number, nextMemory: number): number {
    const buffers = this.buffers.upToDate();
    const memories = this.memories.upToDate();
    return this.ownerOf(
      this.sum + buffers[nextLocal]! - buffers[local]! + memories[nextMemory]! - memories[memory]!,
    );
  }

  /** By memory, and by local state, what it adds to the sum that decides. */
  digests(): { readonly memories: Int32Array; readonly locals: Int32Array } {
    return { memories: this.memories.upToDate(), locals: this.buffers.upToDate() };
  }

  get byteLength(): number {
    return this.memories.byteLength + this.buffers.byteLength;
  }

  private ownerOf(sum: number): number {
    return Math.floor(((sum >>> 0) / 2 ** 32) * this.parts);
  }
}
