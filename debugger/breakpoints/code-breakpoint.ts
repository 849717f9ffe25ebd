import { type Arguments, optionalText } from "../arguments.ts";
import { isTrue, type Place } from "../expressions/evaluate.ts";
import { parseExpression } from "../expressions/parse.ts";
import type { Expression } from "../expressions/tree.ts";
import { type HitCondition, parseHitCondition } from "./hit-condition.ts";
import { type LogMessage, parseLogMessage } from "./log-message.ts";
import { threadOfMode } from "./modes.ts";

/** When a breakpoint on an instruction stops the run, or what it logs instead. */
export interface Rule {
  readonly condition?: Expression;
  readonly hitCondition?: HitCondition;
  readonly log?: LogMessage;
  /** The only thread that it is for. */
  readonly thread?: number;
}

/** Where a breakpoint came from, which is also what the stop is called. */
export type CodeBreakpointKind = "breakpoint" | "function breakpoint" | "instruction breakpoint";

/** A breakpoint on an instruction, whatever named it: a line, a label or an address. */
export interface CodeBreakpoint {
  readonly id: number;
  readonly kind: CodeBreakpointKind;
  /** Operation index before which the run stops. */
  readonly operation: number;
  readonly rule: Rule;
  /** Indices of the trace at which it was hit, in ascending order; kept where hits are counted. */
  readonly hits: number[];
}

/**
 * Reads what DAP's kinds of breakpoints on code have in common. An empty text is as good as none.
 * @throws UserError that says what is wrong with which part
 */
export function readRule(args: Arguments): Rule {
  const condition = optionalText(args, "condition")?.trim();
  const hitCondition = optionalText(args, "hitCondition")?.trim();
  const log = optionalText(args, "logMessage");
  const thread = threadOfMode(optionalText(args, "mode"));
  return {
    ...(condition ? { condition: parseExpression(condition).expression } : {}),
    ...(hitCondition ? { hitCondition: parseHitCondition(hitCondition) } : {}),
    ...(log ? { log: parseLogMessage(log) } : {}),
    ...(thread === undefined ? {} : { thread }),
  };
}

/**
 * Whether a breakpoint takes effect before the instruction that `place.thread` executes next. A hit is remembered by its index in the trace, so
 * that going back in time takes it back.
 * @throws UserError if the condition has no value there
 */
export function isHit({ rule, hits }: CodeBreakpoint, place: Place, index: number): boolean {
  if (rule.thread !== undefined && rule.thread !== place.thread) return false;
  if (rule.condition && !isTrue(rule.condition, place)) return false;
  if (!rule.hitCondition) return true;
  while (hits.length > 0 && hits.at(-1)! >= index) hits.pop();
  hits.push(index);
  return rule.hitCondition(hits.length);
}

/** The same while going backwards: a hit counts as often as it did on the way there. */
export function wasHit({ rule, hits }: CodeBreakpoint, place: Place, index: number): boolean {
  if (rule.log || (rule.thread !== undefined && rule.thread !== place.thread)) return false;
  if (rule.condition && !isTrue(rule.condition, place)) return false;
  if (!rule.hitCondition) return true;
  const nth = hits.indexOf(index) + 1;
  return nth > 0 && rule.hitCondition(nth);
}
