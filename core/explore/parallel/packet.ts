import { fromBigInt, isExact, toBigInt, type WideIntegers } from "../../machine/wide.ts";
import type { Automaton } from "../search/automaton.ts";
import { grow } from "../states/grow.ts";
import { type Layout, unpack } from "../states/layout.ts";
import { hash } from "../states/state-hash.ts";
import type { LocalState } from "../threads/local-machine.ts";
import { FIRST_VALUE } from "../threads/local-table.ts";

/**
 * States on their way from one part of a divided exploration to another. Each part numbers local states and memories itself, so what a number
 * of the sender's means goes with the first state in which this receiver sees it. Plain data that can be sent from thread to thread.
 */
export interface Packet {
  readonly layout: Layout;
  /** Packed states, behind each a number that says what it is about. */
  readonly words: Int32Array;
  /** By local state: its number, how many numbers there are to it, and these, see `LocalTable.numbers`. */
  readonly locals: Float64Array;
  /** Those that have met a fault. */
  readonly faulted: readonly { readonly number: number; readonly local: LocalState }[];
  /** By memory: its number, how many cells differ from the start, and the address and value of each. */
  readonly memories: Float64Array;
  /** Large integers among the values, which each part has handles of its own for. */
  readonly wide: readonly (readonly [handle: number, integer: bigint])[];
}

/** States in a packet: enough that the way is worth it, few enough that a receiver is never busy with one for long. */
const PACKET_STATES = 2048;
/** States that are remembered, so as not to be sent again. */
const REMEMBERED = 1 << 12;
/** Behind no state: larger than every number that can be. */
const NEVER = 0x7fffffff;

/** What one part sends to one other. */
export class Outbox {
  private readonly automaton: Automaton;
  private readonly wideIntegers: WideIntegers;
  private readonly send: (packet: Packet) => void;
  private layout: Layout | undefined;
  private readonly fields: Int32Array;
  private words = new Int32Array(0);
  private length = 0;
  /** What lies in `words` where a state was put last whose hash is the same, and the number behind it. */
  private remembered = new Int32Array(0);
  /** 1: the receiver knows the number. */
  private knownLocals = new Uint8Array(64);
  private knownMemories = new Uint8Array(64);
  private locals: number[] = [];
  private faulted: { readonly number: number; readonly local: LocalState }[] = [];
  private memories: number[] = [];
  private wide = new Map<number, bigint>();

  constructor(automaton: Automaton, wide: WideIntegers, send: (packet: Packet) => void) {
    this.automaton = automaton;
    this.wideIntegers = wide;
    this.send = send;
    this.fields = new Int32Array(automaton.initial.length + 1);
  }

  /** Adds a packed state. */
  add(layout: Layout, words: Int32Array, about: number): void {
    if (layout !== this.layout) this.changeLayout(layout);
    unpack(layout, words, 0, this.fields);
    this.define(this.fields);
    for (let w = 0; w < layout.words; w++) this.words[this.length++] = words[w]!;
    this.words[this.length++] = about;
    if (this.length === this.words.length) this.flush();
  }

  /** The same, but not where it is known that the state has been sent with a number that is not larger. */
  addOnce(layout: Layout, words: Int32Array, about: number): void {
    if (layout !== this.layout) this.changeLayout(layout);
    const size = layout.words;
    if (this.remembered.length === 0) this.remembered = new Int32Array(REMEMBERED * (size + 1)).fill(NEVER);
    const { remembered } = this;
    const at = (hash(words, 0, size) & (REMEMBERED - 1)) * (size + 1);
    let same = 0;
    while (same < size && remembered[at + same] === words[same]) same++;
    if (same === size && remembered[at + size]! <= about) return;
    for (let w = 0; w < size; w++) remembered[at + w] = words[w]!;
    remembered[at + size] = about;
    this.add(layout, words, about);
  }

  /** Sends what waits. */
  flush(): void {
    if (this.length === 0) return;
    this.send({
      layout: this.layout!,
      words: this.words.slice(0, this.length),
      locals: Float64Array.from(this.locals),
      faulted: this.faulted,
      memories: Float64Array.from(this.memories),
      wide: [...this.wide],
    });
    this.length = 0;
    this.locals = [];
    this.faulted = [];
    this.memories = [];
    this.wide.clear();
  }

  get byteLength(): number {
    const { words, remembered, knownLocals, knownMemories } = this;
    return [words, remembered, knownLocals, knownMemories].reduce((sum, a) => sum + a.byteLength, 0);
  }

  private changeLayout(layout: Layout): void {
    this.flush();
    this.layout = layout;
    this.words = new Int32Array(PACKET_STATES * (layout.words + 1));
    this.remembered = new Int32Array(0);
  }

  private define(fields: Int32Array): void {
    const last = fields.length - 1;
    for (let t = 0; t < last; t++) {
      if (this.knownLocals[fields[t]!] !== 1) this.defineLocal(fields[t]!);
    }
    if (this.knownMemories[fields[last]!] !== 1) this.defineMemory(fields[last]!);
  }

  private defineLocal(number: number): void {
    this.knownLocals = grow(this.knownLocals, number + 1);
    this.knownLocals[number] = 1;
    const { locals } = this.automaton;
    const numbers = locals.numbers(number);
    const { to } = locals.storesIn(numbers.length);
    for (let i = FIRST_VALUE; i < to; i++) this.explain(numbers[i]!);
    if (locals.isFaulted(number)) this.defineFaulted(number, locals.at(number));
    else this.locals.push(number, numbers.length, ...numbers);
  }

  private defineFaulted(number: number, local: LocalState): void {
    if (local.fault) this.explain(local.fault.value);
    this.faulted.push({ number, local });
  }

  private defineMemory(number: number): void {
    this.knownMemories = grow(this.knownMemories, number + 1);
    this.knownMemories[number] = 1;
    const { memories } = this;
    const count = memories.push(number, 0) - 1;
    this.automaton.memories.forEachChange(number, (address, value) => {
      memories.push(address, value);
      memories[count]!++;
      this.explain(address);
      this.explain(value);
    });
  }

  private explain(value: number): void {
    if (isExact(value) || Number.isNaN(value)) return;
    this.wide.set(value, toBigInt(this.wideIntegers, value));
  }
}

/** What one part gets from one other. */
export class Inbox {
  private readonly automaton: Automaton;
  private readonly wideIntegers: WideIntegers;
  private readonly fields: Int32Array;
  /** The sender's number → the own one. */
  private locals = new Int32Array(64);
  private memories = new Int32Array(64);

  constructor(automaton: Automaton, wide: WideIntegers) {
    this.automaton = automaton;
    this.wideIntegers = wide;
    this.fields = new Int32Array(automaton.initial.length + 1);
  }

  /** Hands over the states of a packet one by one; `fields`, in own numbers, may be changed and is used again for the next one. */
  open(packet: Packet, take: (fields: Int32Array, about: number) => void): void {
    this.learn(packet);
    const { layout, words } = packet;
    const { fields } = this;
    const last = fields.length - 1;
    for (let at = 0; at < words.length; at += layout.words + 1) {
      unpack(layout, words, at, fields);
      for (let t = 0; t < last; t++) fields[t] = this.locals[fields[t]!]!;
      fields[last] = this.memories[fields[last]!]!;
      take(fields, words[at + layout.words]!);
    }
  }

  get byteLength(): number {
    return this.locals.byteLength + this.memories.byteLength;
  }

  private learn({ locals, faulted, memories, wide }: Packet): void {
    const { automaton } = this;
    const own = new Map(wide.map(([handle, integer]) => [handle, fromBigInt(this.wideIntegers, integer)]));
    const translate = (value: number): number => own.get(value) ?? value;
    for (let at = 0; at < locals.length; ) {
      const numbers = locals.subarray(at + 2, at + 2 + locals[at + 1]!);
      const { to } = automaton.locals.storesIn(numbers.length);
      if (own.size > 0) for (let i = FIRST_VALUE; i < to; i++) numbers[i] = translate(numbers[i]!);
      this.learnLocal(locals[at]!, automaton.internNumbers(numbers));
      at += 2 + numbers.length;
    }
    for (const { number, local } of faulted) {
      this.learnLocal(number, automaton.intern(own.size > 0 ? translated(local, translate) : local));
    }
    for (let at = 0; at < memories.length; ) {
      const number = memories[at]!;
      const cells = memories.subarray(at + 2, at + 2 + 2 * memories[at + 1]!);
      this.memories = grow(this.memories, number + 1);
      this.memories[number] = this.automaton.memories.holding(own.size > 0 ? cells.map(translate) : cells);
      at += 2 + cells.length;
    }
  }

  private learnLocal(number: number, own: number): void {
    this.locals = grow(this.locals, number + 1);
    this.locals[number] = own;
  }
}

function translated(local: LocalState, translate: (value: number) => number): LocalState {
  const { registers, stores, fault } = local;
  return {
    ...local,
    registers: registers.map(translate),
    stores: stores.map((s) => ({ ...s, address: translate(s.address), value: translate(s.value) })),
    ...(fault && { fault: { ...fault, value: translate(fault.value) } }),
  };
}
