import { formatRanges } from "../../core/options/ranges.ts";
import { count } from "../../core/text/count.ts";
import { DEBUG, FAILED, PASSED } from "../explore/outcomes/icons.ts";
import { type Html, html } from "../page/html.ts";
import type { SweepEnd, SweepResult } from "./sweep.ts";

/** What the view of a sweep shows. */
export interface SweepState {
  readonly name: string;
  /** Those that are tried, in ascending order. */
  readonly intervals: readonly number[];
  /** The newest result; kept while a new one is on its way. */
  readonly result?: SweepResult;
  readonly error?: string;
  /** Runs that are done, while some are not. */
  readonly done?: number;
}

/** The content of the page: a row for all that the runs come to, with the intervals that lead there. */
export function sweepContent({ name, intervals, result, error, done }: SweepState): Html {
  return html`
<h1>${name}</h1>
<p class="progress">One run for each interrupt interval: ${formatRanges(intervals)} <button id="change" data-action="change">Change…</button></p>
${done !== undefined && html`<p class="progress" role="status">${done} of ${count(intervals.length, "run")} <button id="stop" data-action="stop">Stop</button></p>`}
${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
${result && error === undefined && table(name, result)}
<p class="quiet">These are a few schedules of many: <button id="explore" data-action="explore">Explore all interleavings</button></p>`;
}

function table(name: string, { locations, checks, ends }: SweepResult): Html {
  return html`<div class="scroll"><table>
<caption class="unseen">What runs of ${name} with different interrupt intervals come to</caption>
<thead><tr>${locations.map((l) => html`<th scope="col" class="value">${l}</th>`)}${checks.map(
    (text) => html`<th scope="col" class="verdict" title="${text}">${text.split(" ", 1)}</th>`,
  )}<th scope="col" class="count first">instructions</th><th scope="col" class="list">intervals</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
<tbody>${ends.map((end, index) => row(end, index))}</tbody>
</table></div>
<p class="quiet">On a row, <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Enter</kbd> debugs the run with its first interval.</p>`;
}

function row({ intervals, values, verdicts, instructions, trouble }: SweepEnd, index: number): Html {
  const [least, most] = instructions;
  const [first] = intervals;
  return html`<tr id="row${index}" data-row tabindex="${index === 0 ? 0 : -1}">${values.map(
    (v) => html`<td class="value">${v}</td>`,
  )}${verdicts.map(verdictCell)}<td class="count first">${least === most ? least : `${least}–${most}`}</td><td class="list">${formatRanges(intervals)}${
    trouble !== undefined && html` <span class="error">${trouble}</span>`
  }</td><td><span class="actions"><button data-action="debug" data-key="Enter" data-interval="${first}" aria-label="Debug the run with interval ${first}" title="Debug the run with interval ${first}">${DEBUG}</button></span></td></tr>`;
}

function verdictCell(verdict: SweepEnd["verdicts"][number]): Html {
  const icon = { holds: PASSED, seen: PASSED, fails: FAILED, "not seen": html`–`, undecided: html`?` }[
    verdict
  ];
  return html`<td class="verdict" title="${verdict}">${icon}<span class="unseen">${verdict}</span></td>`;
}
