import type { LinearMemory } from "../kernel/kernel.ts";
import type { Elsewhere } from "../states/elsewhere.ts";
import type { Layout } from "../states/layout.ts";
import type { Automaton } from "./automaton.ts";

/** Words of an entry of the tables of local states and of steps. */
const ENTRY = 4;
/** Room for states that are not of the next level, or not kept here: at least for the steps of one state. */
const DEPARTURES = 512;
const DEPARTURE_BYTES = 16;

const departureBytes = ({ threads }: Layout): number => DEPARTURE_BYTES * Math.max(DEPARTURES, 4 * threads);

/**
 * Makes tables with nothing in them.
 * @param layout its states have two words at most
 * @returns undefined if there is no memory for them
 */
export function createStepTables(
  automaton: Automaton,
  linear: LinearMemory,
  layout: Layout,
  elsewhere: Elsewhere | undefined,
): StepTables | undefined {
  const at = linear.allocate(departureBytes(layout) + 4 * (layout.threads + 1));
  return at === undefined ? undefined : new StepTables(automaton, linear, layout, elsewhere, at);
}

/** A table in linear memory: where it begins, and how many words it has room for and has. */
interface Table {
  at: number;
  room: number;
  filled: number;
}

const createTable = (): Table => ({ at: 0, room: 0, filled: 0 });

/**
 * The automaton's tables as `kernel/steps.as.ts` looks steps up in them: a copy in linear memory. An entry that is missing in them is below 0,
 * or 0 where it is found by a pair; the automaton may have computed it since.
 */
export class StepTables {
  readonly linear: LinearMemory;
  /** Address of the states that are not of the next level, or not kept here. */
  readonly departures: number;
  private readonly automaton: Automaton;
  private readonly elsewhere: Elsewhere | undefined;
  private readonly locals = createTable();
  private readonly steps = createTable();
  private readonly rows = createTable();
  private readonly digests = createTable();
  private readonly byValue = createTable();
  private readonly written = createTable();
  /** The tables of pairs that have been copied, which the automaton replaces where they grow. */
  private values: Int32Array | undefined;
  private effects: Int32Array | undefined;
  private valueBits = 0;
  private effectBits = 0;
  private stride = 0;
  /** What there was in the automaton when everything was copied that it had. */
  private size = 0;

  /** @param departures where the kernel notes them: room for `departureBytes(layout)`, and behind it a word for each field */
  constructor(
    automaton: Automaton,
    linear: LinearMemory,
    layout: Layout,
    elsewhere: Elsewhere | undefined,
    departures: number,
  ) {
    this.automaton = automaton;
    this.linear = linear;
    this.elsewhere = elsewhere;
    this.departures = departures;
    const { threads, localBits, memoryBits, word, shift } = layout;
    const { index, parts } = elsewhere?.place ?? { index: 0, parts: 1 };
    const bytes = departureBytes(layout);
    const shifts = departures + bytes;
    linear.words.set(
      shift.map((by, field) => 32 * word[field]! + by),
      shifts / 4,
    );
    linear.kernel.useShape(threads, localBits, memoryBits, shifts);
    linear.kernel.useParts(index, parts, departures, bytes);
  }

  /**
   * Copies what has been added to the automaton.
   * @returns false if its tables have grown too large, or there is no memory for them
   */
  update(): boolean {
    const { automaton, locals, steps } = this;
    const { memories } = automaton;
    const size = automaton.locals.count + automaton.steps + memories.count + memories.cellCount;
    if (size === this.size) return true;
    const values = automaton.byValue.plain(automaton.locals.count, memories.valueCount);
    const effects = memories.written.plain(memories.count, memories.effectCount);
    if (!values || !effects) return false;
    const { direct, drains, cell, next, write, weight } = automaton;
    const digests = this.elsewhere?.digests();
    if (memories.stride !== this.stride) this.rows.filled = 0;
    if (values.table !== this.values) this.byValue.filled = 0;
    if (effects.table !== this.effects) this.written.filled = 0;
    const complete =
      this.extend(locals, ENTRY * automaton.locals.count, (words, from) => {
        for (let l = locals.filled / ENTRY, at = from; l < automaton.locals.count; l++, at += ENTRY) {
          words[at] = direct[l]!;
          words[at + 1] = drains[l]!;
          words[at + 2] = cell[l]!;
          if (digests) words[at + 3] = digests.locals[l]!;
        }
      }) &&
      this.extend(steps, ENTRY * (automaton.steps + 1), (words, from) => {
        for (let s = steps.filled / ENTRY, at = from; s <= automaton.steps; s++, at += ENTRY) {
          words[at] = next[s]!;
          words[at + 1] = write[s]!;
          words[at + 2] = weight[s]!;
        }
      }) &&
      this.copy(this.rows, memories.rows, memories.count * memories.stride) &&
      this.copy(this.byValue, values.table, values.table.length) &&
      this.copy(this.written, effects.table, effects.table.length) &&
      (!digests || this.copy(this.digests, digests.memories, memories.count));
    if (!complete) return false;
    this.size = size;
    this.stride = memories.stride;
    this.values = values.table;
    this.valueBits = values.width;
    this.effects = effects.table;
    this.effectBits = effects.width;
    const { rows, byValue, written } = this;
    this.linear.kernel.useTables(
      ...([locals.at, steps.at, byValue.at, values.width, rows.at, memories.stride] as const),
      ...([written.at, effects.width, this.digests.at] as const),
    );
    return true;
  }

  /** `update`, and copies what leads to the steps of a state, which have been computed. */
  refresh(fields: Int32Array): boolean {
    if (!this.update()) return false;
    const { automaton, locals, byValue, written, valueBits, effectBits } = this;
    const { words } = this.linear;
    const { rows, stride } = automaton.memories;
    const threads = fields.length - 1;
    const memory = fields[threads]!;
    for (let t = 0; t < threads; t++) {
      const local = fields[t]!;
      const at = locals.at / 4 + ENTRY * local;
      words[at] = automaton.direct[local]!;
      words[at + 1] = automaton.drains[local]!;
      const cell = automaton.cell[local]!;
      if (cell < 0) continue;
      const pair = (local << valueBits) | rows[memory * stride + cell]!;
      words[byValue.at / 4 + pair] = this.values![pair]!;
    }
    const from = memory << effectBits;
    words.set(this.effects!.subarray(from, from + 2 ** effectBits), written.at / 4 + from);
    return true;
  }

  get byteLength(): number {
    const { locals, steps, rows, digests, byValue, written } = this;
    return [locals, steps, rows, digests, byValue, written].reduce((sum, { filled }) => sum + 4 * filled, 0);
  }

  /** Copies what has been added to a column. */
  private copy(table: Table, column: Int32Array, length: number): boolean {
    return this.extend(table, length, (words, from) => {
      words.set(column.subarray(table.filled, length), from);
    });
  }

  /**
   * Lets a table have so many words.
   * @param fill writes those from `table.filled` on to `words[from …]`
   * @returns false if there is no memory for it
   */
  private extend(table: Table, length: number, fill: (words: Int32Array, from: number) => void): boolean {
    if (length > table.room) {
      const room = table.room === 0 ? length : 2 * length;
      const at = this.linear.allocate(4 * room);
      if (at === undefined) return false;
      table.at = at;
      table.room = room;
      table.filled = 0;
    }
    fill(this.linear.words, table.at / 4 + table.filled);
    table.filled = length;
    return true;
  }
}
