import type { WideIntegers } from "../../machine/wide.ts";
import type { Automaton } from "../automaton.ts";
import { MemoryDigests } from "./memory-digests.ts";

/**
 * Which part of a divided exploration a state belongs to. All parts agree on it, because it comes from digests of what the state consists of.
 * These are summed up, so that the order of threads makes no difference and the sum of a successor is found from that of the state.
 */
export class Owners {
  private readonly automaton: Automaton;
  private readonly parts: number;
  private readonly memories: MemoryDigests;
  /** Of the state that was told last. */
  private sum = 0;

  constructor(automaton: Automaton, wide: WideIntegers, parts: number) {
    this.automaton = automaton;
    this.parts = parts;
    this.memories = new MemoryDigests(automaton.memories, wide);
  }

  /** Tells it a state. @returns its owner, from 0 to `parts` − 1 */
  from(fields: Int32Array): number {
    const { digests } = this.automaton;
    const last = fields.length - 1;
    let sum = this.memories.upToDate()[fields[last]!]!;
    for (let t = 0; t < last; t++) sum += digests[2 * fields[t]!]!;
    this.sum = sum | 0;
    return this.ownerOf(this.sum);
  }

  /** The owner of the state that differs from that one in one thread's local state, and in the memory. */
  after(local: number, nextLocal: number, memory: number, nextMemory: number): number {
    const { digests } = this.automaton;
    const memories = this.memories.upToDate();
    const localChange = digests[2 * nextLocal]! - digests[2 * local]!;
    return this.ownerOf(this.sum + localChange + memories[nextMemory]! - memories[memory]!);
  }

  /** By memory its digest. */
  memoryDigests(): Int32Array {
    return this.memories.upToDate();
  }

  get byteLength(): number {
    return this.memories.byteLength;
  }

  private ownerOf(sum: number): number {
    return Math.floor(((sum >>> 0) / 2 ** 32) * this.parts);
  }
}
