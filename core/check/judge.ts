import type { State } from "../machine/state.ts";
import { lookupIn, stateBreaks } from "./breach.ts";
import type { WrittenCheck } from "./check.ts";
import { isAboutEveryState } from "./check.ts";

/** What one run says of a check. Whether an `exists` that was not seen holds, only exploring tells. */
export interface Judgement {
  readonly written: WrittenCheck;
  readonly verdict: "holds" | "fails" | "seen" | "not seen" | "undecided";
  /** For a check about every state that fails: the first such state, counted in transitions from the start. */
  readonly after?: number;
}

/** Judges checks while a run goes on. */
export interface Judge {
  /** Whether a check is about every state, so that `look` must see each. */
  readonly looksAtEach: boolean;
  /** Looks at the state after a transition. */
  look(): void;
  /** @param final whether the run has come to its end: before, no check is known to hold */
  judge(final: boolean): Judgement[];
}

/** A judge of the run that changes `state`; the state is looked at once here, before the first transition. */
export function createJudge(state: State, checks: readonly WrittenCheck[]): Judge {
  const watched = checks.filter(({ check }) => isAboutEveryState(check));
  const broken = new Map<WrittenCheck, number>();
  let transitions = 0;
  const look = (): void => {
    for (const written of watched) {
      if (!broken.has(written) && stateBreaks(state, written.check)) broken.set(written, transitions);
    }
    transitions++;
  };
  look();
  return {
    looksAtEach: watched.length > 0,
    look,
    judge: (final) => checks.map((written) => judgement(written, state, final, broken.get(written))),
  };
}

function judgement(
  written: WrittenCheck,
  state: State,
  final: boolean,
  broken: number | undefined,
): Judgement {
  const { check } = written;
  if (broken !== undefined) return { written, verdict: "fails", after: broken };
  if (!final) return { written, verdict: "undecided" };
  if (check.kind === "always" || check.kind === "mutex") return { written, verdict: "holds" };
  const holds = check.proposition.holds(lookupIn(state));
  if (check.kind === "exists") return { written, verdict: holds ? "seen" : "not seen" };
  return { written, verdict: holds === (check.kind === "forall") ? "holds" : "fails" };
}
