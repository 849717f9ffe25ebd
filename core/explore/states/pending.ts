import { grow } from "./grow.ts";
import { type Layout, pack, unpack } from "./layout.ts";

/** Packed states that wait for a level further on. */
export class Pending {
  private readonly lists = new Map<number, { words: Int32Array; length: number }>();

  get empty(): boolean {
    return this.lists.size === 0;
  }

  get byteLength(): number {
    let bytes = 0;
    for (const list of this.lists.values()) bytes += list.words.byteLength;
    return bytes;
  }

  add(level: number, state: Int32Array): void {
    let list = this.lists.get(level);
    if (!list) {
      list = { words: new Int32Array(64), length: 0 };
      this.lists.set(level, list);
    }
    list.words = grow(list.words, list.length + state.length);
    list.words.set(state, list.length);
    list.length += state.length;
  }

  /** Hands over the states of a level and forgets them. */
  take(level: number, words: number, receive: (state: Int32Array) => void): void {
    const list = this.lists.get(level);
    if (!list) return;
    this.lists.delete(level);
    for (let at = 0; at < list.length; at += words) receive(list.words.subarray(at, at + words));
  }

  changeLayout(from: Layout, to: Layout): void {
    const fields = new Int32Array(from.threads + 1);
    for (const list of this.lists.values()) {
      const states = list.length / from.words;
      const words = new Int32Array(Math.max(1, states) * to.words);
      for (let i = 0; i < states; i++) {
        unpack(from, list.words, i * from.words, fields);
        pack(to, fields, words, i * to.words);
      }
      list.words = words;
      list.length = states * to.words;
    }
  }
}
