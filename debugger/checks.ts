import { lookupIn, stateBreaks } from "../core/check/breach.ts";
import { distinctLocations, isAboutEveryState, isInside, type WrittenCheck } from "../core/check/check.ts";
import { createJudge, type Judgement } from "../core/check/judge.ts";
import { locationText, valueText } from "../core/check/locations.ts";
import { checksOf, readCheck } from "../core/load/checks.ts";
import type { Program } from "../core/machine/program.ts";
import type { State } from "../core/machine/state.ts";
import { UserError } from "./user-error.ts";
import { standsAt } from "./views/place.ts";

/**
 * The checks of the program and those that a launch adds.
 * @throws UserError if one of them cannot be read
 */
export function readChecks(program: Program, threads: number, added: readonly string[]): WrittenCheck[] {
  const own = checksOf(program, threads);
  const more = added.map((text) => readCheck(program, threads, text));
  const first = [own, ...more].flatMap((r) => r.diagnostics).find((d) => d.severity === "error");
  if (first) throw new UserError(`a check cannot be read: ${first.message}`);
  return [own, ...more].flatMap((r) => r.checks);
}

/** The checks about every state (`always`, `mutex`) that a state breaks. */
export const brokenNow = (checks: readonly WrittenCheck[], state: State): WrittenCheck[] =>
  checks.filter(({ check }) => isAboutEveryState(check) && stateBreaks(state, check));

/** What the checks about final states say of one: which fail, and which `exists` this run is a witness of. */
export function judgeFinal(
  checks: readonly WrittenCheck[],
  state: State,
): { readonly failed: readonly WrittenCheck[]; readonly witnessed: readonly WrittenCheck[] } {
  const final = checks.filter(({ check }) => !isAboutEveryState(check));
  const judgements = createJudge(state, final).judge(true);
  const those = (verdict: Judgement["verdict"]) =>
    judgements.filter((j) => j.verdict === verdict).map((j) => j.written);
  return { failed: those("fails"), witnessed: those("seen") };
}

/** What a state has that a check is about: `count = 3, 0:ax = 1`, or which threads are in the region of a `mutex`. */
export function evidence(state: State, { check }: WrittenCheck): string {
  const { program, threadCount } = state;
  if (check.kind === "mutex") {
    const threads = Array.from({ length: threadCount }, (_, t) => t);
    const inside = threads.filter((t) => isInside(check, standsAt(state, t)));
    return `${inside.map((t) => `T${t}`).join(" and ")} are there at once`;
  }
  const lookup = lookupIn(state);
  return distinctLocations(check.proposition.locations)
    .map((l) => `${locationText(program, l)} = ${valueText(program, lookup(l))}`)
    .join(", ");
}
