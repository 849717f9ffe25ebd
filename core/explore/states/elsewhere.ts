import type { Layout } from "./layout.ts";

/** Those states that a search does not keep, because they are divided among several searches. */
export interface Elsewhere {
  /** Which of how many searches this one is. */
  readonly place: { readonly index: number; readonly parts: number };
  /** By memory and by local state a digest; the sum of a state's digests says whose it is, see `parallel/owners.ts`. */
  digests(): { readonly memories: Int32Array; readonly locals: Int32Array };
  /** Told of each state before its steps. */
  from(fields: Int32Array): void;
  /**
   * Whether the state is not kept here in which one thread has another local state, and the memory is another one. What follows is about
   * the state that was asked for last.
   */
  has(local: number, nextLocal: number, memory: number, nextMemory: number): boolean;
  /** Hands over the packed state, `words`, which is of a level further on; to its owner, if that is known already. */
  send(layout: Layout, words: Int32Array, level: number, owner?: number): void;
  /** Asks whether it is marked as one that can end, for the sake of a state that is kept here. */
  ask(layout: Layout, words: Int32Array, bucket: number, position: number): void;
}
