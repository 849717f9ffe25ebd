import type { Answer, CheckAnswer, ModelAnswer } from "../../core/explore/answer.ts";
import type { AnswerProgress } from "../../core/explore/question.ts";
import type { Unfinished } from "../../core/explore/report.ts";
import type { Limit } from "../../core/explore/search/search.ts";
import type { Model } from "../../core/machine/state.ts";
import { count, grouped } from "../../core/text/count.ts";

export const nameOf = (model: Model): string => model.toUpperCase();

/** Outcomes that the weaker model has and the stronger one has not; 0 where only one was explored. */
export const newOutcomes = ({ models, outcomes }: Answer): number =>
  models.length < 2 ? 0 : outcomes.filter((o) => o.byModel[0] === null).length;

/** `TSO: 4 outcomes (SC: 3), 1 new`. */
export function summaryOf(answer: Answer): string {
  const { models } = answer;
  const weaker = models.at(-1)!;
  const others = models.slice(0, -1).map((m) => ` (${nameOf(m.model)}: ${atLeast(m)})`);
  const news = newOutcomes(answer);
  const outcomes = weaker.limit === null ? count(weaker.outcomes, "outcome") : `${atLeast(weaker)} outcomes`;
  return `${nameOf(weaker.model)}: ${outcomes}${others.join("")}${news > 0 ? `, ${grouped(news)} new` : ""}`;
}

const atLeast = ({ outcomes, limit }: ModelAnswer): string =>
  `${limit === null ? "" : "at least "}${grouped(outcomes)}`;

/** How a check comes out under the model that judges. */
export type Mark = "passed" | "failed" | "unknown";

export function markOf({ verdicts }: CheckAnswer, judge: number): Mark {
  const { holds } = verdicts[judge]!;
  return holds === null ? "unknown" : holds ? "passed" : "failed";
}

/** `holds under SC and TSO`, `fails under TSO, holds under SC`: the model that judges comes first. */
export function verdictText({ verdicts }: CheckAnswer, { models, judge }: Answer): string {
  const words = verdicts.map(({ holds }) => (holds === null ? "is not certain" : holds ? "holds" : "fails"));
  const names = models.map((m) => nameOf(m.model));
  if (new Set(words).size === 1) return `${words[0]} under ${names.join(" and ")}`;
  const parts = words.map((word, i) => `${word} under ${names[i]}`);
  return [parts[judge], ...parts.filter((_, i) => i !== judge)].join(", ");
}

/** `2 checks fail`, where some do. */
export function failuresText({ checks, judge }: Answer): string | undefined {
  const failed = checks.filter((c) => markOf(c, judge) === "failed").length;
  return failed > 0 ? `${count(failed, "check")} ${failed === 1 ? "fails" : "fail"}` : undefined;
}

const LIMITS: Readonly<Record<Limit, string>> = {
  states: "stopped at the largest number of states",
  memory: "stopped at the largest amount of memory",
  cancelled: "stopped before everything was seen",
};

/** Why not everything is certain. */
export const limitText = (limit: Limit): string => LIMITS[limit];

const UNFINISHED: Readonly<Record<Unfinished["what"], string>> = {
  livelocks: "there may be livelocks: the search for them was",
  schedules: "witnesses are missing: working them out was",
};

/** What was not done behind a search, and why. */
export const unfinishedText = ({ what, limit }: Unfinished): string =>
  `${UNFINISHED[what]} stopped${limit === "memory" ? " at the largest amount of memory" : ""}`;

/** `TSO: 26,000 states, depth 31, 12 MB`. */
export const progressText = ({ model, states, depth, bytes }: AnswerProgress): string =>
  `${nameOf(model)}: ${count(states, "state")}, depth ${depth}, ${grouped(Math.ceil(bytes / 2 ** 20))} MB`;
