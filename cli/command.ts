import type { OptionTable, OptionValues } from "../core/options/parse.ts";

/** A command of `interleave`: what its help says, which options it takes, and what it does. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly name: string;
  /** Behind `interleave`. */
  readonly usage: string;
  readonly summary: string;
  readonly details?: string;
  readonly table: T;
  /** @returns the exit status; fails by throwing a `Failure` */
  main(values: OptionValues<T>, words: readonly string[]): number | Promise<number>;
}
