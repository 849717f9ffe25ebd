import { nameOfAddress } from "../../core/machine/describe.ts";
import { evaluate, type Place } from "../expressions/evaluate.ts";
import { formatValue } from "../expressions/format.ts";
import { parseExpression } from "../expressions/parse.ts";
import type { ParsedExpression } from "../expressions/tree.ts";
import { UserError } from "../user-error.ts";

/** A log point's text: what stands in braces is evaluated. */
export type LogMessage = readonly (string | ParsedExpression)[];

/** @throws UserError if an expression in braces is none */
export function parseLogMessage(text: string): LogMessage {
  return text
    .split(/\{([^{}]*)\}/)
    .map((part, i) => (i % 2 === 0 ? part : parseExpression(part)))
    .filter((part) => part !== "");
}

/** The text with its values; a part that has no value says why instead. */
export function formatLogMessage(message: LogMessage, place: Place): string {
  return message.map((part) => (typeof part === "string" ? part : valueText(part, place))).join("");
}

function valueText({ expression, base }: ParsedExpression, place: Place): string {
  const nameOf = (address: number) => nameOfAddress(place.state.program, address);
  try {
    return formatValue(evaluate(expression, place), place, base ?? 10, nameOf);
  } catch (error) {
    if (error instanceof UserError) return `<${error.message}>`;
    throw error;
  }
}
