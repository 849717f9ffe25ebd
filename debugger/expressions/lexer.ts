import { type Range, range } from "../../core/text/range.ts";

export type TokenKind = "number" | "name" | "label" | "symbol" | "end" | "bad";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly range: Range;
}

/** Numbers (decimal, `0x…`, `0b…`), names, labels with their dot, and the longest symbols first. */
const TOKEN =
  /\s*(?:(?<number>0[xX][\da-fA-F]+|0[bB][01]+|\d+)|(?<name>[A-Za-z_][\w]*)|(?<label>\.[\w.]+)|(?<symbol>==|!=|<>|<=|>=|[-+*/%=<>()[\],:]))/uy;

/** Cuts an expression into tokens; what is no token becomes `bad`, one character at a time. Ends with an `end` token. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const [kind, found] = Object.entries(match?.groups ?? {}).find(([, v]) => v !== undefined) ?? [];
    if (match && kind && found !== undefined) {
      at = TOKEN.lastIndex;
      tokens.push({ kind: kind as TokenKind, text: found, range: range(at - found.length, at) });
      continue;
    }
    while (/\s/u.test(text[at] ?? "")) at++;
    if (at >= text.length) break;
    const character = String.fromCodePoint(text.codePointAt(at)!);
    tokens.push({ kind: "bad", text: character, range: range(at, at + character.length) });
    at += character.length;
  }
  tokens.push({ kind: "end", text: "", range: range(text.length, text.length) });
  return tokens;
}
