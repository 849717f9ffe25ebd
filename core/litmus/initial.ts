import type { Word } from "../asm/tree.ts";
import type { Token } from "../condition/lexer.ts";
import { attempt, ConditionReader, toInteger } from "../condition/parse.ts";
import type { Location } from "../condition/tree.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { range } from "../text/range.ts";
import type { InitialItem, InitialValue } from "./tree.ts";

/** Parses the items of an initial state, divided by semicolons (litmus.md §1). An item that is none is reported and left out. */
export function parseInitial(
  tokens: readonly Token[],
  report: (diagnostic: Diagnostic) => void,
): InitialItem[] {
  const items: InitialItem[] = [];
  for (const part of splitAtSemicolons(tokens)) {
    if (part.length === 1) continue;
    const item = attempt(
      () => parseItem(new ConditionReader(part, "litmus")),
      (diagnostic) => report({ ...diagnostic, code: "bad-initial-state" }),
    );
    if (item) items.push(item);
  }
  return items;
}

/** Divides tokens at semicolons; each part ends with an `end` token. */
export function splitAtSemicolons(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ";" || token.kind === "end") {
      const end = token.range.start;
      parts.at(-1)!.push({ kind: "end", text: "", range: range(end, end) });
      if (token.kind !== "end") parts.push([]);
    } else parts.at(-1)!.push(token);
  }
  return parts;
}

function parseItem(reader: ConditionReader): InitialItem {
  const start = reader.token.range.start;
  reader.accept("_Atomic");
  const type = parseType(reader);
  const pointer = reader.accept("*") !== undefined;
  const named = reader.location();
  const isArray = named.kind === "variable" && named.index !== undefined;
  const location: Location = isArray
    ? { kind: "variable", name: named.name, nameRange: named.nameRange, range: named.nameRange }
    : named;
  const value = reader.accept("=") || reader.accept("==") ? parseValue(reader) : undefined;
  if (reader.token.text === ",") reader.fail("items are divided by `;`, not by `,`", [";"]);
  if (reader.token.kind !== "end")
    reader.fail(`a semicolon is missing here, before \`${reader.token.text}\``, [";"]);
  return {
    range: range(start, (value ?? named).range.end),
    pointer,
    location,
    ...(type && { type }),
    ...(isArray && { length: named.index! }),
    ...(value && { value }),
  };
}

/** A name is a type if what it belongs to follows: a location, a star, or a bracketed name. */
function parseType(reader: ConditionReader): Word | undefined {
  const { token, following } = reader;
  if (token.kind !== "name" || /^P\d+$/.test(token.text)) return undefined;
  const isType = following.kind === "name" || following.kind === "number" || following.text === "*";
  return isType ? reader.advance() : undefined;
}

function parseValue(reader: ConditionReader): InitialValue {
  reader.accept("&");
  const { token } = reader;
  if (token.kind === "number") {
    reader.advance();
    return { kind: "number", range: token.range, value: toInteger(token.text), text: token.text };
  }
  if (token.kind === "name") {
    reader.advance();
    return { kind: "symbol", range: token.range, name: token.text };
  }
  if (!reader.accept("{")) reader.fail("a value is missing here: a number or the name of a variable");
  const items: InitialValue[] = [];
  do items.push(parseValue(reader));
  while (reader.accept(","));
  const close = reader.expect("}", " to end the list");
  return { kind: "list", range: range(token.range.start, close.range.end), items };
}
