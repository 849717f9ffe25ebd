import { type Range, range } from "../../core/text/range.ts";
import { UserError } from "../user-error.ts";
import { type Token, tokenize } from "./lexer.ts";
import type {
  ArithmeticOperator,
  Base,
  ComparisonOperator,
  Expression,
  LogicalOperator,
  ParsedExpression,
} from "./tree.ts";

/** Longest text and deepest nesting that are an expression and not noise. */
const MOST_CHARACTERS = 2000;
const DEEPEST = 100;

const SUFFIXES: Readonly<Record<string, Base>> = { x: 16, d: 10, b: 2 };

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  "=": "=",
  "==": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/**
 * Parses an expression of the debugger: `or` binds loosest, then `and`, `not`, one comparison, `+ -`, `* / %`, unary minus.
 * In front of a name `%` marks a register, behind an operand it is the remainder; `(%bx)` is the cell that %bx points to, as in the program.
 * @throws UserError that says what is wrong and where
 */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > MOST_CHARACTERS)
    throw new UserError(`the expression is longer than ${MOST_CHARACTERS} characters`);
  const cursor = createCursor(tokenize(text));
  if (cursor.peek().kind === "end")
    throw new UserError("there is no expression: write one, such as `ax + 1`");
  const expression = parseOr(cursor);
  const base = parseSuffix(cursor);
  const rest = cursor.peek();
  if (rest.kind !== "end") throw unexpected(rest, "an operator or the end of the expression");
  return { expression, ...(base === undefined ? {} : { base }) };
}

interface Cursor {
  peek(ahead?: number): Token;
  next(): Token;
  /** Takes the next token if it is this symbol or word. */
  accept(...texts: readonly string[]): Token | undefined;
  expect(text: string): Token;
  /** Runs a parser one level deeper. */
  deeper<T>(parser: () => T): T;
}

function createCursor(tokens: readonly Token[]): Cursor {
  let at = 0;
  let depth = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)]!;
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };
  return {
    peek,
    next,
    accept: (...texts) => (texts.includes(peek().text) ? next() : undefined),
    expect(text) {
      if (peek().text !== text) throw unexpected(peek(), `\`${text}\``);
      return next();
    },
    deeper(parser) {
      if (++depth > DEEPEST) throw new UserError(`the expression is nested more than ${DEEPEST} levels deep`);
      const result = parser();
      depth--;
      return result;
    },
  };
}

const unexpected = (token: Token, wanted: string): UserError =>
  new UserError(
    token.kind === "end"
      ? `the expression ends where ${wanted} should follow`
      : `\`${token.text}\` at column ${token.range.start + 1} is not understood: ${wanted} should stand there`,
  );

const span = (from: Expression | Token, to: Expression | Token): Range =>
  range(from.range.start, to.range.end);

function parseSuffix(cursor: Cursor): Base | undefined {
  if (!cursor.accept(",")) return undefined;
  const token = cursor.next();
  const base = SUFFIXES[token.text];
  if (base === undefined) throw unexpected(token, "`x`, `d` or `b` (the base)");
  return base;
}

function parseOr(cursor: Cursor): Expression {
  return leftToRight(cursor, ["or"], parseAnd, logical);
}

function parseAnd(cursor: Cursor): Expression {
  return leftToRight(cursor, ["and"], parseNot, logical);
}

const logical = (operator: string, left: Expression, right: Expression): Expression => ({
  kind: "logical",
  operator: operator as LogicalOperator,
  left,
  right,
  range: span(left, right),
});

const arithmetic = (operator: string, left: Expression, right: Expression): Expression => ({
  kind: "arithmetic",
  operator: operator as ArithmeticOperator,
  left,
  right,
  range: span(left, right),
});

function leftToRight(
  cursor: Cursor,
  operators: readonly string[],
  operand: (cursor: Cursor) => Expression,
  combine: (operator: string, left: Expression, right: Expression) => Expression,
): Expression {
  let left = operand(cursor);
  for (let token = cursor.accept(...operators); token; token = cursor.accept(...operators)) {
    left = combine(token.text, left, operand(cursor));
  }
  return left;
}

function parseNot(cursor: Cursor): Expression {
  const token = cursor.accept("not");
  if (!token) return parseComparison(cursor);
  const operand = cursor.deeper(() => parseNot(cursor));
  return { kind: "not", operand, range: span(token, operand) };
}

function parseComparison(cursor: Cursor): Expression {
  const left = parseSum(cursor);
  const operator = COMPARISONS[cursor.peek().text];
  if (!operator) return left;
  cursor.next();
  const right = parseSum(cursor);
  return { kind: "comparison", operator, left, right, range: span(left, right) };
}

const parseSum = (cursor: Cursor): Expression => leftToRight(cursor, ["+", "-"], parseProduct, arithmetic);

const parseProduct = (cursor: Cursor): Expression =>
  leftToRight(cursor, ["*", "/", "%"], parseUnary, arithmetic);

function parseUnary(cursor: Cursor): Expression {
  const minus = cursor.accept("-");
  if (!minus) return parsePrimary(cursor);
  if (cursor.peek().kind === "number" && cursor.peek(1).text === "(")
    return parseNumber(cursor, cursor.next(), minus);
  const operand = cursor.deeper(() => parseUnary(cursor));
  return { kind: "negate", operand, range: span(minus, operand) };
}

function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.next();
  if (token.kind === "number") return parseNumber(cursor, token);
  if (token.kind === "label") return { kind: "label", name: token.text, range: token.range };
  if (token.kind === "name") return parseName(cursor, token);
  switch (token.text) {
    case "%": {
      const name = cursor.next();
      if (name.kind !== "name") throw unexpected(name, "a register's name");
      return { kind: "register", name: name.text, range: span(token, name) };
    }
    case "[": {
      const address = cursor.deeper(() => parseOr(cursor));
      return { kind: "cell", address, range: span(token, cursor.expect("]")) };
    }
    case "(":
      return parseParenthesis(cursor, token);
    default:
      throw unexpected(token, "a number, a register, a variable or `[`");
  }
}

/** The displacement of `(%bx)`. */
const IMPLIED_ZERO: Expression = { kind: "number", value: 0, range: range(0, 0) };

function parseParenthesis(cursor: Cursor, open: Token): Expression {
  const isPointer =
    cursor.peek().text === "%" && cursor.peek(1).kind === "name" && [")", ","].includes(cursor.peek(2).text);
  if (isPointer) return parseAddressing(cursor, IMPLIED_ZERO, open);
  const inner = cursor.deeper(() => parseOr(cursor));
  cursor.expect(")");
  return inner;
}

/** A number, or with a parenthesis behind it the cell that `4(%bx)` is; a minus in front of that belongs to the displacement. */
function parseNumber(cursor: Cursor, token: Token, minus?: Token): Expression {
  const magnitude = Number(token.text);
  if (!Number.isSafeInteger(magnitude))
    throw new UserError(`\`${token.text}\` is too large: numbers go up to ±2^53`);
  const value = minus ? 0 - magnitude : magnitude;
  const number: Expression = { kind: "number", value, range: span(minus ?? token, token) };
  return cursor.peek().text === "(" ? parseAddressing(cursor, number, cursor.next()) : number;
}

/** The rest of `4(%bx,%cx,8)` behind its opening parenthesis. */
function parseAddressing(cursor: Cursor, displacement: Expression, open: Token): Expression {
  const base = parsePrimary(cursor);
  let address = arithmetic("+", displacement, base);
  if (cursor.accept(",")) {
    const index = parsePrimary(cursor);
    const scale = cursor.accept(",") ? parseUnary(cursor) : undefined;
    address = arithmetic("+", address, scale ? arithmetic("*", index, scale) : index);
  }
  const close = cursor.expect(")");
  return { kind: "cell", address, range: span(displacement === IMPLIED_ZERO ? open : displacement, close) };
}

function parseName(cursor: Cursor, token: Token): Expression {
  const thread = threadOf(token.text);
  if (thread !== undefined && cursor.peek().text === ":") {
    cursor.next();
    return ofThread(parsePrimary(cursor), thread, token);
  }
  if (token.text === "and" || token.text === "or" || token.text === "not")
    throw unexpected(token, "a number, a register, a variable or `[`");
  if (token.text !== "sb") return { kind: "name", name: token.text, range: token.range };
  if (!cursor.accept("(")) return { kind: "buffer", range: token.range };
  const which = cursor.next();
  const named = which.kind === "number" ? Number(which.text) : threadOf(which.text);
  if (named === undefined) throw unexpected(which, "a thread such as `T0`");
  return { kind: "buffer", thread: named, range: span(token, cursor.expect(")")) };
}

function threadOf(text: string): number | undefined {
  const match = /^[Tt](\d{1,6})$/.exec(text);
  return match ? Number(match[1]) : undefined;
}

function ofThread(expression: Expression, thread: number, prefix: Token): Expression {
  const where = span(prefix, expression);
  if (expression.kind === "cell" || expression.kind === "buffer")
    return { ...expression, thread, range: where };
  if (expression.kind === "register" || expression.kind === "name")
    return { ...expression, thread, range: where };
  throw new UserError(
    `behind \`${prefix.text}:\` stands what belongs to that thread: a register, \`pc\`, \`sb\`, or memory as it sees it`,
  );
}
