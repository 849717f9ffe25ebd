import type { Answer } from "../../../core/explore/answer.ts";
import { limitText, nameOf, summaryOf, verdictText } from "../words.ts";

/** Rows of a table in a message; more would not be read. */
const MOST_ROWS = 50;

/** What an answer says as lines of text: the summary, the table of outcomes in columns, the verdicts, what else was found. */
export function answerText(answer: Answer): string {
  const { locations, models, outcomes, checks, troubles } = answer;
  const heads = [...locations, ...models.map((m) => nameOf(m.model))];
  const rows = outcomes
    .slice(0, MOST_ROWS)
    .map((o) => [...o.values, ...o.byModel.map((m) => (m ? String(m.finalStates) : "-"))]);
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((r) => r[i]!.length)));
  const line = (cells: readonly string[]): string => cells.map((c, i) => c.padStart(widths[i]!)).join("  ");
  return [
    summaryOf(answer),
    "",
    line(heads),
    ...rows.map(line),
    ...(outcomes.length > MOST_ROWS ? [`… and ${outcomes.length - MOST_ROWS} more`] : []),
    "",
    ...checks.map((check) => `${check.text}: ${verdictText(check, answer)}`),
    ...troubles.map(({ kind, message }) => `${kind}: ${message}`),
    ...models.flatMap((m) => (m.limit === null ? [] : [`${nameOf(m.model)}: ${limitText(m.limit)}`])),
  ].join("\n");
}
