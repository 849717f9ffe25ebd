import type { Automaton } from "../search/automaton.ts";
import { KIND } from "../threads/local-machine.ts";
import type { Choose } from "./chooser.ts";

/** Takes random walks over an automaton, each from its start to where nothing can move or a thread has met a fault, in one go or in parts. */
export class Walker {
  /** Where the walk is: local states by thread, then the memory. */
  readonly fields: Int32Array;
  /** The transitions taken, as a schedule's words; what lies behind `length` means nothing. */
  path = new Uint16Array(1024);
  length = 0;
  private readonly automaton: Automaton;
  private readonly choose: Choose;
  private readonly first: Int32Array;
  private readonly firstPossible: number;
  private possible = 0;

  constructor(automaton: Automaton, choose: Choose) {
    this.automaton = automaton;
    this.choose = choose;
    this.first = Int32Array.from([...automaton.initial.map((i) => i.local), 0]);
    this.fields = this.first.slice();
    this.firstPossible = automaton.initial.reduce(
      (set, { local }, t) => set | (possibleSteps(automaton, local) << (2 * t)),
      0,
    );
  }

  begin(): void {
    const { fields, first } = this;
    for (let f = 0; f < fields.length; f++) fields[f] = first[f]!;
    this.possible = this.firstPossible;
    this.length = 0;
    this.choose.begin();
  }

  /** Goes on until so many transitions have been taken since the beginning. @returns whether the walk has ended before that */
  goOn(most: number): boolean {
    const { automaton, choose, fields } = this;
    if (most > this.path.length) this.makeRoom(most);
    const { path } = this;
    const memory = fields.length - 1;
    // `| 0` tells the engine that these are small integers, which makes the loop a quarter faster.
    let possible = this.possible | 0;
    let length = this.length | 0;
    while (possible !== 0 && length < most) {
      const chosen = choose.next(possible, length);
      const t = chosen >> 1;
      const local = fields[t]!;
      const step = chosen & 1 ? automaton.drain(local) : automaton.execution(local, fields[memory]!);
      const next = automaton.next[step]!;
      fields[t] = next;
      fields[memory] = automaton.memoryAfter(fields[memory]!, step);
      path[length++] = chosen;
      if (automaton.kind[next] === KIND.FAULTED) possible = 0;
      else possible = (possible & ~(3 << (2 * t))) | (possibleSteps(automaton, next) << (2 * t));
    }
    this.possible = possible;
    this.length = length;
    return possible === 0;
  }

  private makeRoom(length: number): void {
    const longer = new Uint16Array(Math.max(length, 2 * this.path.length));
    longer.set(this.path);
    this.path = longer;
  }
}

const possibleSteps = (automaton: Automaton, local: number): number =>
  (automaton.kind[local]! >= KIND.LOCAL ? 1 : 0) | (automaton.oldest[local]! >= 0 ? 2 : 0);
