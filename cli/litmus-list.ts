import path from "node:path";
import { Failure } from "./exit.ts";
import { readText } from "./source.ts";

/** A file to be run, or why there is none. */
export type ListEntry = { readonly file: string } | { readonly error: string };

/** Lists may name lists, but not without end. */
const DEEPEST = 20;

/**
 * The files that a word of the command line stands for: itself, or, if the file's name begins with `@`, those that it lists one a line,
 * relative to it (litmus.md §1). Empty lines and lines that begin with `#` are skipped.
 */
export function expandList(word: string): ListEntry[] {
  return expand(word, 0);
}

function expand(word: string, depth: number): ListEntry[] {
  if (!path.basename(word).startsWith("@")) return [{ file: word }];
  if (depth > DEEPEST) return [{ error: `${word}: error: lists name one another without end` }];
  try {
    const lines = readText(word).split(/\r\n|\r|\n/);
    const names = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
    return names.flatMap((name) => expand(path.join(path.dirname(word), name), depth + 1));
  } catch (error) {
    if (error instanceof Failure) {
      return [{ error: `${error.message}; a list's own name begins with \`@\`` }];
    }
    throw error;
  }
}
