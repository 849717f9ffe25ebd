import { breaks } from "../../check/breach.ts";
import type { Check } from "../../check/check.ts";
import type { Automaton } from "./automaton.ts";
import { valueIn } from "./outcomes.ts";

/** Whether a packed state breaks a check about every state. */
export function fieldsBreak(automaton: Automaton, fields: Int32Array, check: Check): boolean {
  const threads = fields.length - 1;
  return breaks(check, {
    threads,
    lookup: (l) => valueIn(automaton, fields, l),
    operation: (t) => automaton.locals.operation(fields[t]!),
  });
}
