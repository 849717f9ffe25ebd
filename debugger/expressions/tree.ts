import type { Range } from "../../core/text/range.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";
export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type LogicalOperator = "and" | "or";

/** What an expression says; `thread` is set where the text names one (`T1:ax`), otherwise the focused thread is meant. */
export type Expression = { readonly range: Range } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "register"; readonly name: string; readonly thread?: number }
  | { readonly kind: "name"; readonly name: string; readonly thread?: number }
  | { readonly kind: "label"; readonly name: string }
  | { readonly kind: "cell"; readonly address: Expression; readonly thread?: number }
  | { readonly kind: "buffer"; readonly thread?: number }
  | { readonly kind: "negate" | "not"; readonly operand: Expression }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "logical";
      readonly operator: LogicalOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
);

/** How a number is shown: `,d` `,x` `,b`. */
export type Base = 10 | 16 | 2;

/** An expression as typed, with the base that its suffix asks for. */
export interface ParsedExpression {
  readonly expression: Expression;
  readonly base?: Base;
}
