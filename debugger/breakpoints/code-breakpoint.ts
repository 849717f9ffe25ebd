import { type Arguments, optionalText } from "../arguments.ts";
import { isTrue, type Place } from "../expressions/evaluate.ts";
import { parseExpression } from "../expressions/parse.ts";
import type { Expression } from "../expressions/tree.ts";
import { countHit, type HitCondition, parseHitCondition, wasCounted } from "./hit-condition.ts";
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
  /** Indices of the trace at which it was hit, at whichever of its places; kept where hits are counted. */
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
 * Whether a breakpoint takes effect before the instruction that `place.thread` executes next.
 * @throws UserError if the condition has no value there
 */
export function isHit({ rule, hits }: CodeBreakpoint, place: Place, index: number): boolean {
  if (rule.thread !== undefined && rule.thread !== place.thread) return false;
  if (rule.condition && !isTrue(rule.condition, place)) return false;
  return !rule.hitCondition || countHit(rule.hitCondition, hits, index);
}

/** The same while going backwards. */
export function wasHit({ rule, hits }: CodeBreakpoint, place: Place, index: number): boolean {
  if (rule.log || (rule.thread !== undefined && rule.thread !== place.thread)) return false;
  if (rule.condition && !isTrue(rule.condition, place)) return false;
  return !rule.hitCondition || wasCounted(rule.hitCondition, hits, index);
}
