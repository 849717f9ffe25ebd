import { checksOf, readCheck, type WrittenCheck } from "../core/explore/checks.ts";
import { isAboutEveryState } from "../core/explore/observation.ts";
import { stateBreaks, lookupIn } from "../core/explore/watch.ts";
import type { Program } from "../core/machine/program.ts";
import type { State } from "../core/machine/state.ts";
import { UserError } from "./user-error.ts";

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

/** What the checks about final states say of one. `broken`: a `forall` that does not hold, a `~exists` that does. */
export function judgeFinal(
  checks: readonly WrittenCheck[],
  state: State,
): { readonly broken: readonly WrittenCheck[]; readonly witnessed: readonly WrittenCheck[] } {
  const values = lookupIn(state);
  const final = checks.flatMap((written) =>
    written.check.kind === "mutex" || written.check.kind === "always"
      ? []
      : [{ written, kind: written.check.kind, holds: written.check.proposition.holds(values) }],
  );
  return {
    broken: final
      .filter((c) => (c.kind === "forall" ? !c.holds : c.kind === "~exists" && c.holds))
      .map((c) => c.written),
    witnessed: final.filter((c) => c.kind === "exists" && c.holds).map((c) => c.written),
  };
}
