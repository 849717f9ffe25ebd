import { integerText, isExact, type WideIntegers } from "../../machine/wide.ts";
import type { LocalState } from "../threads/local-machine.ts";

/**
 * A hash of 64 bits that depends on nothing but the numbers that go into it: not on the order in which an exploration met them, as the numbers
 * that it gives to local states and memories do.
 */
export class Digest {
  low = 0;
  high = 0;
  private readonly wide: WideIntegers;
  private readonly double = new Float64Array(1);
  private readonly words = new Int32Array(this.double.buffer);

  /** @param wide what handles among the numbers stand for */
  constructor(wide: WideIntegers) {
    this.wide = wide;
  }

  begin(): this {
    this.low = 0x3c6ef372;
    this.high = 0x1b873593;
    return this;
  }

  add(value: number): this {
    if (!isExact(value) && !Number.isNaN(value)) return this.addText(integerText(this.wide, value));
    this.double[0] = value + 0; // + 0: −0 is 0
    this.addWord(this.words[0]!);
    this.addWord(this.words[1]!);
    return this;
  }

  addText(text: string): this {
    for (let i = 0; i < text.length; i++) this.addWord(text.charCodeAt(i));
    return this;
  }

  /** Spreads every bit that went in over all that come out, so that digests can be added up. */
  end(): this {
    this.low = avalanche(this.low ^ this.high);
    this.high = avalanche(this.high + this.low);
    return this;
  }

  private addWord(word: number): void {
    this.low = Math.imul(this.low ^ word, 0x9e3779b1);
    this.low ^= this.low >>> 15;
    this.high = Math.imul(this.high + word, 0x85ebca6b);
    this.high = (this.high << 13) | (this.high >>> 19);
  }
}

/** Of all that tells a local state from others. */
export function digestLocal(digest: Digest, local: LocalState): void {
  const { group, pc, halted, flags, registers, stores, fault } = local;
  digest.begin().add(group).add(pc).add(flags);
  digest.addText(fault?.kind ?? (halted ? "halted" : "running"));
  for (const value of registers) digest.add(value);
  for (const { address, value } of stores) digest.add(address).add(value);
  digest.end();
}

function avalanche(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
