/** A stretch of a line, by columns from 0, and the expression whose value is wanted there. */
export interface PointedAt {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
}

/** What has a value, the smaller before the larger that it may be a part of. A bare number is the address of a cell, as in `mov 2000, %ax`. */
const FORMS: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/%\w+/g, (register) => register],
  [/-?\d*\([^()]*\)/g, (memory) => memory],
  [/\.?[A-Za-z_][\w.]*/g, (name) => name],
  [/(?<![$\w.-])\d+(?![\w:])/g, (address) => `[${address}]`],
];

/** The expression that a person points at in a line of a program; none in comments and in immediate operands. */
export function expressionAt(line: string, column: number): PointedAt | undefined {
  const code = line.replace(/#.*/, "");
  for (const [form, expressionOf] of FORMS) {
    for (const { index, 0: text } of code.matchAll(form)) {
      const end = index + text.length;
      if (index <= column && column < end) return { start: index, end, expression: expressionOf(text) };
    }
  }
  return undefined;
}
