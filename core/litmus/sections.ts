import { tokenize } from "../condition/lexer.ts";
import { attempt, ConditionReader } from "../condition/parse.ts";
import type { Condition, Location, Proposition, Quantifier } from "../condition/tree.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { type Range, range } from "../text/range.ts";
import type { ConditionSection, FilterSection, LocationsSection } from "./tree.ts";

export interface Sections {
  readonly locations?: LocationsSection;
  readonly filter?: FilterSection;
  readonly condition?: ConditionSection;
}

/** herd's words for "how", and what each means. */
const KEYWORDS: Readonly<Record<string, Quantifier>> = {
  exists: "exists",
  final: "exists",
  forall: "forall",
  observed: "exists",
  Observed: "exists",
};

/** Parses what follows the code: `locations`, `filter` and the condition, in this order (litmus.md §1). */
export function parseSections(
  text: string,
  where: Range,
  report: (diagnostic: Diagnostic) => void,
): Sections {
  const reader = new ConditionReader(tokenize(text, where.start, where.end), "litmus");
  const sections = attempt(() => {
    const locations = parseLocations(reader, report);
    const filter = parseFilter(reader);
    const condition = parseCondition(reader);
    return { ...(locations && { locations }), ...(filter && { filter }), ...(condition && { condition }) };
  }, report);
  return sections ?? {};
}

function parseLocations(
  reader: ConditionReader,
  report: (diagnostic: Diagnostic) => void,
): LocationsSection | undefined {
  const keyword = reader.accept("locations");
  if (!keyword) return undefined;
  reader.expect("[", " to begin the list");
  const items: Location[] = [];
  while (reader.token.text !== "]" && reader.token.kind !== "end") {
    const item = attempt(() => {
      const location = reader.location();
      // A type behind a location only affects how herd prints it elsewhere.
      if (reader.token.kind === "name") reader.advance();
      reader.accept("*");
      return location;
    }, report);
    if (item) items.push(item);
    if (reader.accept(";")) continue;
    if (reader.token.text === "]") break;
    if (reader.token.text === ",") reader.fail("locations are divided by `;`, not by `,`", [";"]);
    if (item) reader.expect(";", " between locations");
    else reader.advance();
  }
  const close = reader.expect("]", " to end the list");
  return { range: range(keyword.range.start, close.range.end), keyword: keyword.range, items };
}

function parseFilter(reader: ConditionReader): FilterSection | undefined {
  const keyword = reader.accept("filter");
  return keyword && { keyword: keyword.range, proposition: reader.proposition() };
}

function parseCondition(reader: ConditionReader): ConditionSection | undefined {
  const { token } = reader;
  if (token.kind === "end") return undefined;
  const negation = reader.accept("~");
  if (negation && reader.token.text !== "exists")
    reader.fail("`~` stands before `exists`: `~exists (…)`", ["exists"]);
  if (token.text === "not") {
    reader.fail("herd writes `~exists`, not `not exists`", ["~"]);
  }
  const word = reader.token;
  const quantifier = Object.hasOwn(KEYWORDS, word.text) ? KEYWORDS[word.text]! : undefined;
  if (!quantifier) {
    refuseLateSection(reader);
    reader.fail(`a condition begins with exists, ~exists, forall, final or observed${reader.hint()}`);
  }
  reader.advance();
  const proposition = word.text.toLowerCase() === "observed" ? parseObserved(reader) : reader.proposition();
  reader.accept(";");
  if (reader.token.text === "with") skipKinds(reader);
  if (reader.token.kind !== "end") {
    refuseLateSection(reader);
    reader.fail(`the condition should end here${reader.hint()}; parts are joined by \`/\\\` or \`\\/\``);
  }
  const where = range(token.range.start, proposition.range.end);
  const condition: Condition = { range: where, quantifier: negation ? "~exists" : quantifier, proposition };
  return {
    keyword: { text: negation ? "~exists" : word.text, range: range(token.range.start, word.range.end) },
    condition,
  };
}

function refuseLateSection(reader: ConditionReader): void {
  const { text } = reader.token;
  if (text === "locations" || text === "filter")
    reader.fail(`\`${text}\` comes earlier: the order is locations, filter, condition`);
}

/** `a=1; b=2; and a=0; b=1;`: one group for each observed state. */
function parseObserved(reader: ConditionReader): Proposition {
  const start = reader.token.range.start;
  const groups: Proposition[] = [];
  do {
    const from = reader.token.range.start;
    const atoms: Proposition[] = [];
    while (reader.token.kind !== "end" && reader.token.text !== "and" && reader.token.text !== "with") {
      atoms.push(reader.comparison());
      if (!reader.accept(";")) break;
    }
    const where = range(from, atoms.at(-1)?.range.end ?? from);
    groups.push(
      atoms.length ? { kind: "and", operands: atoms, range: where } : { kind: "true", range: where },
    );
  } while (reader.accept("and"));
  return { kind: "or", operands: groups, range: range(start, groups.at(-1)!.range.end) };
}

/** `with tso: exists; sc: ~exists;`: herd reads and ignores it. */
function skipKinds(reader: ConditionReader): void {
  while (reader.token.kind !== "end") reader.advance();
}
