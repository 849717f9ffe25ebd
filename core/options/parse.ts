import { didYouMean, nearest } from "../text/nearest.ts";

/** One option of a command line: `-i 3`, `--interrupt=3`. */
export interface OptionSpec {
  readonly short?: string;
  readonly long: string;
  /** A switch takes no value; a list is a text that may be given several times. */
  readonly kind: "integer" | "text" | "list" | "switch";
  /** What the value is called in the help. */
  readonly value?: string;
  readonly summary: string;
  /** The only texts allowed. */
  readonly choices?: readonly string[];
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** The values that were given, by name in the table; what was not given is not there. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]?: T[K]["kind"] extends "integer"
    ? number
    : T[K]["kind"] extends "switch"
      ? true
      : T[K]["kind"] extends "list"
        ? readonly string[]
        : T[K] extends { readonly choices: readonly (infer C)[] }
          ? C
          : string;
};

export type ParsedOptions<T extends OptionTable> =
  | {
      readonly values: OptionValues<T>;
      readonly words: readonly string[];
      /** For every value, the index of the word in which it ends. */
      readonly places: { readonly [K in keyof T]?: number };
      readonly error?: undefined;
    }
  | { readonly error: string };

/**
 * Reads words as Python's optparse does, because x86.py's flags must mean what they mean there (dialect §1): switches can be bundled, a
 * long name cut to any unambiguous start, a value may begin with `-`, the last occurrence counts, `--` ends the options.
 * Words that are no options are returned; a usage error is returned as one sentence.
 */
export function parseOptions<const T extends OptionTable>(
  table: T,
  words: readonly string[],
): ParsedOptions<T> {
  const reading: Reading = { words, next: 0, values: {}, places: {} };
  let rest: string[] = [];
  try {
    for (let word = take(reading); word !== undefined; word = take(reading)) {
      if (word === "--") {
        rest = rest.concat(words.slice(reading.next));
        break;
      }
      if (word.startsWith("--")) longOption(table, word, reading);
      else if (word.startsWith("-") && word.length > 1) shortOptions(table, word, reading);
      else rest.push(word);
    }
  } catch (error) {
    if (error instanceof UsageError) return { error: error.message };
    throw error;
  }
  const { values, places } = reading as { values: OptionValues<T>; places: { [K in keyof T]?: number } };
  return { values, places, words: rest };
}

/** What is still to be read and what has been found. */
interface Reading {
  readonly words: readonly string[];
  /** Index of the first word that has not been read. */
  next: number;
  readonly values: Record<string, unknown>;
  readonly places: Record<string, number>;
}

const take = (reading: Reading): string | undefined => reading.words[reading.next++];

/** Leaves the nested readers; never leaves this file. */
class UsageError extends Error {}

function longOption(table: OptionTable, word: string, reading: Reading): void {
  const equals = word.indexOf("=");
  const typed = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const entries = Object.entries(table);
  const exact = entries.filter(([, o]) => o.long === typed);
  const found = exact.length ? exact : entries.filter(([, o]) => o.long.startsWith(typed));
  if (found.length > 1) {
    const names = found.map(([, o]) => `--${o.long}`).sort();
    throw new UsageError(`--${typed} is ambiguous: ${names.join(", ")}`);
  }
  const [name, option] = found[0] ?? [];
  if (!name || !option) {
    const names = Object.values(table).map((o) => `--${o.long}`);
    throw new UsageError(`there is no option --${typed}${didYouMean(nearest(`--${typed}`, names))}`);
  }
  if (option.kind !== "switch") {
    const value = equals < 0 ? take(reading) : word.slice(equals + 1);
    assign(reading, name, option, `--${option.long}`, value);
  } else if (equals >= 0) throw new UsageError(`--${option.long} takes no value`);
  else reading.values[name] = true;
}

function shortOptions(table: OptionTable, word: string, reading: Reading): void {
  for (let i = 1; i < word.length; i++) {
    const letter = word[i]!;
    const [name, option] = Object.entries(table).find(([, o]) => o.short === letter) ?? [];
    if (!name || !option) throw new UsageError(`there is no option -${letter}`);
    if (option.kind === "switch") {
      reading.values[name] = true;
      continue;
    }
    const attached = word.slice(i + 1);
    assign(reading, name, option, `-${letter}`, attached === "" ? take(reading) : attached);
    return;
  }
}

function assign(
  { next, values, places }: Reading,
  name: string,
  option: OptionSpec,
  written: string,
  value: string | undefined,
): void {
  if (value === undefined) throw new UsageError(`${written} needs a value`);
  places[name] = next - 1;
  if (option.kind === "integer") {
    const number = integer(value);
    if (number === undefined) throw new UsageError(`${written} needs a whole number, not \`${value}\``);
    values[name] = number;
  } else if (option.choices && !option.choices.includes(value)) {
    throw new UsageError(`${written} must be ${option.choices.join(" or ")}, not \`${value}\``);
  } else if (option.kind === "list")
    values[name] = [...((values[name] as string[] | undefined) ?? []), value];
  else values[name] = value;
}

/** An integer as optparse reads it: hexadecimal `0x`, binary `0b`, any other leading 0 is octal. */
function integer(text: string): number | undefined {
  const prefixed = /^0([xXbB])([\da-fA-F]+)$/.exec(text);
  if (prefixed) {
    const radix = prefixed[1]!.toLowerCase() === "x" ? 16 : 2;
    return digits(prefixed[2]!, radix);
  }
  if (/^0\d*$/.test(text)) return digits(text, 8);
  return decimalInteger(text);
}

function digits(text: string, radix: number): number | undefined {
  const allowed = "0123456789abcdef".slice(0, radix);
  if (![...text.toLowerCase()].every((c) => allowed.includes(c))) return undefined;
  return safe(Number.parseInt(text, radix));
}

const safe = (n: number): number | undefined => (Number.isSafeInteger(n) ? n : undefined);

/** An integer as Python's `int()` reads it: a sign and blanks around it are allowed (without its `_` and foreign digits). */
export const decimalInteger = (text: string): number | undefined =>
  /^\s*[+-]?\d+\s*$/.test(text) ? safe(Number(text) + 0) : undefined;

/** A table of options for `--help`, two columns wide. */
export function describeOptions(table: OptionTable): string {
  const rows = Object.values(table).map((o) => {
    const value = o.kind === "switch" ? "" : ` ${o.value ?? (o.choices ? o.choices.join("|") : "TEXT")}`;
    return [`  ${o.short ? `-${o.short}, ` : "    "}--${o.long}${value}`, o.summary] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `${left.padEnd(width)}${right}`).join("\n");
}
