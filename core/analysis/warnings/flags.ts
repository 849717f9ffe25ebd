import { OP } from "../../isa/operations.ts";
import { reachableFrom } from "../control-flow.ts";
import { type Finding, placeOf, type WaysSubject } from "./subject.ts";

const SETS_FLAGS: ReadonlySet<number> = new Set([OP.COMPARE_R_I, OP.COMPARE_R_R, OP.COMPARE_I_R, OP.CMPXCHG]);

/**
 * Conditional jumps that no `test` comes before: all codes are unset when a thread starts, so they are never taken (dialect §6.2). A gap
 * may come to be a `test`.
 */
export function jumpsBeforeTest(subject: WaysSubject): Finding[] {
  const { code, gaps, possible, reachable } = subject.flow;
  const behindTests: number[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    if (!reachable[pc] || !(gaps[pc] || SETS_FLAGS.has(code.operation[pc]!))) continue;
    for (const follower of possible[pc]!) behindTests.push(follower);
  }
  const flagsMayBeSet = reachableFrom(behindTests, possible);
  const found: Finding[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    if (code.operation[pc] !== OP.JUMP_IF || !reachable[pc] || flagsMayBeSet[pc]) continue;
    found.push({
      code: "jump-before-test",
      message: "no `test` comes before this jump, so no condition code is set and it is never taken",
      range: placeOf(subject, pc),
    });
  }
  return found;
}
