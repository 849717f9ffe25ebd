import { UserError } from "../user-error.ts";

/** Whether the n-th hit, n from 1, is one to stop at. */
export type HitCondition = (hits: number) => boolean;

/**
 * Reads a hit count as VS Code lets people type it: `5` or `= 5` stops once, at the fifth hit; `>= 5`, `> 5`, `< 5`, `<= 5`; `% 5` every fifth.
 * @throws UserError
 */
export function parseHitCondition(text: string): HitCondition {
  const match = /^\s*(==?|>=?|<=?|%)?\s*(\d{1,15})\s*$/.exec(text);
  const count = Number(match?.[2]);
  if (!match || (match[1] === "%" && count === 0)) {
    throw new UserError(
      `\`${text}\` is not a hit count; write 5 (the fifth hit), >= 5, or % 5 (every fifth)`,
    );
  }
  switch (match[1]) {
    case ">":
      return (hits) => hits > count;
    case ">=":
      return (hits) => hits >= count;
    case "<":
      return (hits) => hits < count;
    case "<=":
      return (hits) => hits <= count;
    case "%":
      return (hits) => hits % count === 0;
    default:
      return (hits) => hits === count;
  }
}

/**
 * Counts a hit on the way forward. Hits are remembered by their index in the trace, in ascending order, so that going back in time takes them back.
 * @returns whether it is one to stop at
 */
export function countHit(condition: HitCondition, hits: number[], index: number): boolean {
  while (hits.length > 0 && hits.at(-1)! >= index) hits.pop();
  hits.push(index);
  return condition(hits.length);
}

/** Whether a hit was one to stop at, for those who come by again backwards: it counts as often as it did on the way there. */
export function wasCounted(condition: HitCondition, hits: readonly number[], index: number): boolean {
  const nth = hits.indexOf(index) + 1;
  return nth > 0 && condition(nth);
}
