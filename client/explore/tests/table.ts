import type { Answer } from "../../../core/explore/answer.ts";
import { count } from "../../../core/text/count.ts";
import { compareWithSeen } from "../hardware/columns.ts";
import type { Seen } from "../hardware/processor.ts";
import { limitText, nameOf, summaryOf, unfinishedText, verdictText } from "../words.ts";

/** Rows of a table in a message; more would not be read. */
const MOST_ROWS = 50;

/** What an answer says as lines of text: the summary, the table of outcomes in columns, the verdicts, what else was found. */
export function answerText(answer: Answer): string {
  const { locations, models, outcomes, checks, troubles } = answer;
  const heads = [...locations, ...models.map((m) => nameOf(m.model))];
  const rows = outcomes.map((o) => [...o.values, ...o.byModel.map((m) => (m ? String(m.finalStates) : "-"))]);
  return [
    summaryOf(answer),
    "",
    ...tableLines(heads, rows),
    "",
    ...checks.map((check) => `${check.text}: ${verdictText(check, answer)}`),
    ...troubles.map(({ kind, message }) => `${kind}: ${message}`),
    ...models.flatMap((m) => [
      ...(m.limit === null ? [] : [`${nameOf(m.model)}: ${limitText(m.limit)}`]),
      ...m.unfinished.map((u) => `${nameOf(m.model)}: ${unfinishedText(u)}`),
    ]),
  ].join("\n");
}

const SAYS = new Map([
  [true, "allows"],
  [false, "forbids"],
  [undefined, "?"],
]);

/** What was seen on the processor beside what the models say, as lines of text. */
export function seenText(answer: Answer, seen: Seen): string {
  const heads = [...answer.locations, ...answer.models.map((m) => nameOf(m.model)), "this CPU", ""];
  const rows = compareWithSeen(answer, seen).map((row) => [
    ...row.values,
    ...row.allowed.map((a) => SAYS.get(a)!),
    String(row.seen),
    row.alarm ? "FORBIDDEN, and seen" : "",
  ]);
  const { runs, faulty, stuck, over } = seen;
  return [
    `${count(runs, "run")} on this CPU`,
    "",
    ...tableLines(heads, rows),
    ...(faulty > 0 ? [`${count(faulty, "run")} ended with a fault`] : []),
    ...(stuck > 0 ? [`${count(stuck, "run")} did not end`] : []),
    ...(over?.notes ?? []),
  ].join("\n");
}

function tableLines(heads: readonly string[], all: readonly (readonly string[])[]): string[] {
  const rows = all.slice(0, MOST_ROWS);
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((r) => r[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, i) => c.padStart(widths[i]!))
      .join("  ")
      .trimEnd();
  return [
    line(heads),
    ...rows.map(line),
    ...(all.length > rows.length ? [`… and ${all.length - rows.length} more`] : []),
  ];
}
