import type { Diagnostic } from "../text/diagnostic.ts";
import { didYouMean } from "../text/nearest.ts";
import { type Range, range } from "../text/range.ts";
import { type Token, tokenize } from "./lexer.ts";
import type { Comparison, Location, Proposition, Term } from "./tree.ts";

/**
 * Where a condition stands. In a litmus test a name on the right of a comparison is the variable's address, as in herd; in a `#@` line of a
 * `.s` program, which has no symbolic addresses, it is the variable's value.
 */
export type ConditionDialect = "litmus" | "asm";

/** Parentheses and `not`s inside one another; nobody writes more, and noise must not exhaust the stack. */
const DEEPEST = 200;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "==": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** What people write who know another language, and what conditions have instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "&&": "/\\",
  "&": "/\\",
  and: "/\\",
  AND: "/\\",
  "||": "\\/",
  or: "\\/",
  OR: "\\/",
  "!": "not",
  "->": "=>",
};

/** Thrown inside of this file where a proposition cannot go on; caught by `parseProposition`. */
class Unexpected {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    this.diagnostic = diagnostic;
  }
}

/**
 * Reads tokens one by one. Binding, weakest first: `\/`, `/\`, `=>` (to the right), `not`; so `a /\ b => c` is `a /\ (b => c)`,
 * as in herd (litmus.md §1).
 */
export class ConditionReader {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];
  private readonly dialect: ConditionDialect;

  constructor(tokens: readonly Token[], dialect: ConditionDialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  get token(): Token {
    return this.tokens[this.at]!;
  }

  /** The token behind the next one. */
  get following(): Token {
    return this.tokens[Math.min(this.at + 1, this.tokens.length - 1)]!;
  }

  advance(): Token {
    const token = this.token;
    if (this.at < this.tokens.length - 1) this.at++;
    return token;
  }

  /** Takes the next token if it is this one. */
  accept(text: string): Token | undefined {
    return this.token.text === text && this.token.kind !== "bad" ? this.advance() : undefined;
  }

  expect(text: string, why: string): Token {
    if (this.token.text === text && this.token.kind !== "bad") return this.advance();
    const instead = this.instead();
    return this.fail(`\`${text}\` is missing here${why}`, [instead ?? text]);
  }

  fail(message: string, suggestions: readonly string[] = [this.instead() ?? []].flat()): never {
    throw new Unexpected({
      code: "bad-condition",
      severity: "error",
      message,
      range: this.token.range,
      ...(suggestions.length ? { suggestions } : {}),
    });
  }

  proposition(): Proposition {
    return this.chain("or", "\\/", () => this.chain("and", "/\\", () => this.implication()));
  }

  private chain(kind: "and" | "or", mark: string, next: () => Proposition): Proposition {
    const operands = [next()];
    while (this.accept(mark)) operands.push(next());
    if (operands.length === 1) return operands[0]!;
    return { kind, operands, range: range(operands[0]!.range.start, operands.at(-1)!.range.end) };
  }

  private implication(): Proposition {
    const parts = [this.negation()];
    while (this.accept("=>")) parts.push(this.negation());
    return parts.reduceRight((right, left) => ({
      kind: "implies",
      left,
      right,
      range: range(left.range.start, right.range.end),
    }));
  }

  private negation(): Proposition {
    const { token } = this;
    if (!this.accept("not") && !this.accept("~")) return this.atom();
    return this.deeper(() => {
      const operand = this.negation();
      return { kind: "not", operand, range: range(token.range.start, operand.range.end) };
    });
  }

  private deeper<T>(inner: () => T): T {
    if (++this.depth > DEEPEST) this.fail("this condition is nested too deeply");
    const result = inner();
    this.depth--;
    return result;
  }

  private atom(): Proposition {
    const { token } = this;
    if (this.accept("(")) {
      return this.deeper(() => {
        const inner = this.proposition();
        if (/^[,;]$/.test(this.token.text))
          this.fail("the parts of a condition are joined by `/\\` or `\\/`", ["/\\"]);
        const close = this.expect(")", this.hint());
        return { ...inner, range: range(token.range.start, close.range.end) };
      });
    }
    if (token.text === "true" || token.text === "false") {
      this.advance();
      return { kind: token.text, range: token.range };
    }
    return this.comparison();
  }

  /** A comparison of two sides. */
  comparison(): Proposition {
    const left = this.sum(false);
    const comparison = Object.hasOwn(COMPARISONS, this.token.text) ? COMPARISONS[this.token.text] : undefined;
    if (!comparison)
      this.fail(`a comparison is missing here: write \`=\` and a value behind the location${this.hint()}`);
    this.advance();
    const right = this.sum(true);
    return { kind: "compare", comparison, left, right, range: range(left.range.start, right.range.end) };
  }

  private sum(right: boolean): Term {
    const terms = [this.term(right)];
    while (this.accept("+")) terms.push(this.term(right));
    if (terms.length === 1) return terms[0]!;
    return { kind: "sum", terms, range: range(terms[0]!.range.start, terms.at(-1)!.range.end) };
  }

  private term(right: boolean): Term {
    const { token } = this;
    if (token.kind === "number" && this.following.text !== ":") {
      this.advance();
      return { kind: "number", range: token.range, value: toInteger(token.text) };
    }
    if (right && this.accept("*"))
      return { ...this.location(), range: range(token.range.start, this.lastEnd()) };
    if (right && this.dialect === "litmus" && token.kind === "name" && !/^[:[]$/.test(this.following.text)) {
      this.advance();
      return { kind: "symbol", range: token.range, name: token.text };
    }
    return this.location();
  }

  /** `0:EAX`, `P0:EAX`, `x`, `[x]`, `t[1]` or `[2000]`. */
  location(): Location {
    const { token } = this;
    if (this.accept("[")) {
      const inner = this.advance();
      if (inner.kind !== "name" && inner.kind !== "number") {
        this.at--;
        this.fail("a variable's name or an address is missing between the brackets");
      }
      const where = range(token.range.start, this.expect("]", " to close the bracket").range.end);
      return inner.kind === "name"
        ? { kind: "variable", range: where, name: inner.text, nameRange: inner.range }
        : { kind: "address", range: where, address: toInteger(inner.text) };
    }
    if (this.following.text === ":" && /^[PT]?\d+$/.test(token.text)) return this.register();
    if (token.kind !== "name")
      this.fail(`a location is missing here, such as \`0:EAX\` or \`x\`${this.hint()}`);
    this.advance();
    const variable = { kind: "variable", name: token.text, nameRange: token.range } as const;
    if (!this.accept("[")) return { ...variable, range: token.range };
    const index = this.token;
    if (index.kind !== "number") this.fail("an array's index is a number");
    this.advance();
    const close = this.expect("]", " to close the bracket");
    return { ...variable, index: Number(index.text), range: range(token.range.start, close.range.end) };
  }

  private register(): Location {
    const thread = this.advance();
    this.advance();
    const sign = this.accept("%");
    const name = this.token;
    if (name.kind !== "name") this.fail("a register's name is missing behind the colon");
    this.advance();
    return {
      kind: "register",
      range: range(thread.range.start, name.range.end),
      thread: Number(thread.text.replace(/^\D/, "")),
      threadRange: thread.range,
      name: name.text,
      nameRange: range((sign ?? name).range.start, name.range.end),
    };
  }

  /** What the next token tells of a misunderstanding, to be put behind a message. */
  hint(): string {
    const { text, kind } = this.token;
    const instead = this.instead();
    if (instead) return didYouMean([instead]);
    if (kind === "end") return ", but the condition ends";
    return `, not \`${text.slice(0, 40)}\``;
  }

  /** What conditions write for the next token, if it is another language's. */
  private instead(): string | undefined {
    const { text } = this.token;
    return Object.hasOwn(ELSEWHERE, text) ? ELSEWHERE[text] : undefined;
  }

  private lastEnd(): number {
    return this.tokens[Math.max(0, this.at - 1)]!.range.end;
  }
}

/** The value of a number token. */
export function toInteger(text: string): bigint {
  const magnitude = BigInt(text.replace("-", ""));
  return text.startsWith("-") ? -magnitude : magnitude;
}

/** Runs a part of the parser; an error ends the part and is reported. */
export function attempt<T>(parse: () => T, report: (diagnostic: Diagnostic) => void): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    report(error.diagnostic);
    return undefined;
  }
}

/** Parses the proposition that fills a stretch of a text, such as the body of a `#@ exists` line. Never throws. */
export function parseProposition(
  text: string,
  where: Range,
  dialect: ConditionDialect,
): { readonly proposition?: Proposition; readonly diagnostics: readonly Diagnostic[] } {
  const reader = new ConditionReader(tokenize(text, where.start, where.end), dialect);
  const diagnostics: Diagnostic[] = [];
  const proposition = attempt(
    () => {
      const whole = reader.proposition();
      if (reader.token.kind !== "end")
        reader.fail(`the condition should end here${reader.hint()}; parts are joined by \`/\\\` or \`\\/\``);
      return whole;
    },
    (diagnostic) => diagnostics.push(diagnostic),
  );
  return { diagnostics, ...(proposition && { proposition }) };
}
