import { type Range, range } from "../text/range.ts";

/** A word or a mark of a condition. The last token is `end`, an empty stretch behind the one before it. */
export interface Token {
  readonly kind: "number" | "name" | "mark" | "end" | "bad";
  readonly text: string;
  readonly range: Range;
}

/** Marks, longer ones first. */
const MARK = /\/\\|\\\/|=>|->|==|!=|<>|<=|>=|&&|\|\||[=<>()[\]{}:;,~!*+%&]/y;
const NUMBER = /-?(?:0[xX][\da-fA-F]+|\d+)(?![\w.])/y;
/** herd's names; a `/` belongs to the name unless it begins an "and". */
const NAME = /[A-Za-z_](?:[\w.-]|\/(?!\\))*/y;
const BLANK = /\s+/y;

/** Divides `text[from, to)` into tokens. What belongs to none is a `bad` token of one character. */
export function tokenize(text: string, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (let at = from; at < to; ) {
    const blank = match(BLANK, at);
    if (blank) {
      at += blank.length;
      continue;
    }
    const kinds = [
      ["number", NUMBER],
      ["name", NAME],
      ["mark", MARK],
    ] as const;
    let found: Token | undefined;
    for (const [kind, pattern] of kinds) {
      const word = found ? undefined : match(pattern, at);
      if (word)
        found = {
          kind,
          text: text.slice(at, Math.min(at + word.length, to)),
          range: range(at, Math.min(at + word.length, to)),
        };
    }
    if (!found) {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      found = { kind: "bad", text: character, range: range(at, at + character.length) };
    }
    tokens.push(found);
    at = found.range.end;
  }
  const end = tokens.at(-1)?.range.end ?? to;
  tokens.push({ kind: "end", text: "", range: range(end, end) });
  return tokens;
}
