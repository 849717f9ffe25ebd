import type { Answer, CheckAnswer, Trouble, Witness } from "../../../core/explore/answer.ts";
import type { AnswerProgress } from "../../../core/explore/question.ts";
import { count, grouped } from "../../../core/text/count.ts";
import { type Html, html } from "../../page/html.ts";
import { type ComparedRow, compareWithSeen } from "../hardware/columns.ts";
import { type CpuState, cpuStatus, seenCell } from "../hardware/content.ts";
import {
  limitText,
  markOf,
  nameOf,
  newOutcomes,
  progressText,
  summaryOf,
  unfinishedText,
  verdictText,
} from "../words.ts";
import { COPY, DEBUG, FAILED, GRAPH, PASSED, UNKNOWN } from "./icons.ts";

/** What the view of outcomes shows. */
export interface OutcomesState extends CpuState {
  readonly name: string;
  /** From where, if not from the start. */
  readonly from?: string;
  /** The newest answer; kept while a new one is on its way. */
  readonly answer?: Answer;
  readonly error?: string;
  /** While an exploration is on its way. */
  readonly progress?: AnswerProgress;
}

/** Rows that are shown; more would not be read. */
const MOST_ROWS = 500;

type Beside = CpuState & { readonly from: string | undefined };

/** The content of the page: a table of outcomes, verdicts of the checks, what else was found, and how far all that is certain. */
export function outcomesContent(state: OutcomesState): Html {
  const { name, from, answer, error, progress, cpu, offersKvm } = state;
  return html`
<h1>${name}</h1>
${from !== undefined && html`<p class="quiet">From the state after ${from === "" ? "no step at all" : html`<code>${from}</code>`}</p>`}
${progress && html`<p class="progress" role="status">${progressText(progress)} <button data-action="stop">Stop</button></p>`}
${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
${answer && error === undefined && findings(answer, { from, cpu, offersKvm })}`;
}

/** Threads on the processor begin at the start: there is no button for other states. */
function findings(answer: Answer, { from, cpu, offersKvm }: Beside): Html {
  const rows = compareWithSeen(answer, cpu?.seen);
  return html`
<p class="summary" role="status">${summary(answer)}</p>
${answer.checks.length > 0 && html`<h2>Checks</h2><ul class="findings">${answer.checks.map((c) => check(c, answer))}</ul>`}
${answer.troubles.length > 0 && html`<h2>Trouble</h2><ul class="findings">${answer.troubles.map(trouble)}</ul>`}
<h2>Outcomes</h2>
${from === undefined && answer.locations.length > 0 && cpuStatus({ cpu, offersKvm }, rows)}
${rows.length > 0 ? table(answer, rows) : html`<p>No run comes to an end.</p>`}
${facts(answer)}`;
}

function summary(answer: Answer): Html {
  const news = newOutcomes(answer);
  const text = summaryOf(answer);
  if (news === 0) return html`${text}`;
  const at = text.lastIndexOf(", ");
  return html`${text.slice(0, at)} <span class="badge">${text.slice(at + 2)}</span>`;
}

const ICONS = { passed: PASSED, failed: FAILED, unknown: UNKNOWN };

function check(c: CheckAnswer, answer: Answer): Html {
  const { judge } = answer;
  const mark = markOf(c, judge);
  const witness = c.verdicts[judge]!.witness ?? c.verdicts.find((v) => v.witness)?.witness;
  const what = c.kind === "exists" ? "example" : "counterexample";
  return html`<li>${ICONS[mark]}<code>${c.text}</code><span class="quiet">${verdictText(c, answer)}</span>${
    witness && actions(witness, `the ${what} of ${c.text}`, `Debug ${what}`)
  }</li>`;
}

const trouble = ({ kind, message, witness }: Trouble): Html =>
  html`<li>${FAILED}<strong>${kind}</strong><span>${message}</span>${
    witness && actions(witness, `the ${kind}`, "Debug")
  }</li>`;

/** What can be done with a witness; `of` says of what, for those who do not see where the button stands. */
function actions(witness: Witness, of: string, debug: string): Html {
  return html`<span class="actions">${[
    button(witness, "debug", DEBUG, `Debug ${of}`, debug),
    button(witness, "copy", COPY, `Copy the schedule of ${of}`, "Copy schedule"),
    button(witness, "graph", GRAPH, `Show the execution graph of ${of}`, "Show graph"),
  ]}</span>`;
}

/** The same without words, for a row; keys choose them, too. */
function rowActions(witness: Witness, of: string): Html {
  return html`<span class="actions">${[
    button(witness, "debug", DEBUG, `Debug witness of ${of}`, "", "Enter"),
    button(witness, "copy", COPY, `Copy schedule of ${of}`, "", "c"),
    button(witness, "graph", GRAPH, `Show execution graph of ${of}`, "", "g"),
  ]}</span>`;
}

function button(
  witness: Witness,
  action: string,
  icon: Html,
  label: string,
  text: string,
  key?: string,
): Html {
  const { model, schedule, length } = witness;
  return html`<button data-action="${action}"${key !== undefined && html` data-key="${key}"`} data-model="${model}" data-schedule="${schedule}" data-length="${length}" aria-label="${label}" title="${label} (${nameOf(model)})">${icon}${text}</button>`;
}

function table(answer: Answer, rows: readonly ComparedRow[]): Html {
  const { locations, models, checks } = answer;
  const judged = checks.flatMap((c, i) => (rows[0]!.holds[i] === null ? [] : [{ ...c, i }]));
  const hasSeen = rows[0]!.seen !== undefined;
  return html`<div class="scroll"><table>
<caption class="unseen">All final outcomes of ${answer.name}</caption>
<thead><tr>${locations.map((l) => html`<th scope="col" class="value">${l}</th>`)}${models.map(
    (m, i) => html`<th scope="col" class="count${i === 0 ? " first" : ""}">${nameOf(m.model)}</th>`,
  )}${hasSeen && html`<th scope="col" class="count">this CPU</th>`}${judged.map((c) => html`<th scope="col" class="verdict" title="${c.text}">${c.kind}</th>`)}<th scope="col"><span class="unseen">Actions</span></th></tr></thead>
<tbody>${rows.slice(0, MOST_ROWS).map((r, i) => row(r, i, answer, judged))}</tbody>
</table></div>
<p class="quiet">Under ${models.map((m) => nameOf(m.model)).join(" and ")}: number of different final states; – cannot happen.${hasSeen && " This CPU: number of runs; greyed what it could have shown and did not."} On a row, <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Enter</kbd> debugs the witness, <kbd>c</kbd> copies its schedule, <kbd>g</kbd> shows its graph.</p>
${rows.length > MOST_ROWS && html`<p class="quiet">… and ${count(rows.length - MOST_ROWS, "more outcome")}; <code>interleave explore --json</code> tells them all.</p>`}`;
}

function row(
  o: ComparedRow,
  index: number,
  answer: Answer,
  judged: readonly (CheckAnswer & { i: number })[],
): Html {
  const { locations, models } = answer;
  const found = o.byModel.find((m) => m !== null);
  const what = locations.map((l, i) => `${l}=${o.values[i]}`).join(" ");
  const isNew = models.length > 1 && found !== undefined && o.byModel[0] === null;
  const columns = locations.length + models.length + judged.length + (o.seen === undefined ? 1 : 2);
  const kinds = [isNew && "new", o.alarm && "alarm", o.seen === 0 && "missed"].filter(Boolean).join(" ");
  return html`<tr id="row${index}" data-row tabindex="${index === 0 ? 0 : -1}"${kinds !== "" && html` class="${kinds}"`}>${o.values.map(
    (v) => html`<td class="value">${v}</td>`,
  )}${o.byModel.map(
    (m, i) =>
      html`<td class="count${i === 0 ? " first" : ""}">${m ? grouped(m.finalStates) : o.allowed[i] === undefined ? html`<span aria-label="not known">?</span>` : html`<span aria-label="cannot happen">–</span>`}</td>`,
  )}${seenCell(o)}${judged.map((c) => verdictCell(c, o.holds[c.i]!))}<td>${found?.witness !== undefined && rowActions(found.witness, what)}</td></tr>${
    isNew &&
    html`<tr class="${kinds} note"><td colspan="${columns}">Only ${nameOf(models.at(-1)!.model)}${o.beyondSc !== undefined && `: leaves SC at ${o.beyondSc}`}</td></tr>`
  }`;
}

/** What an outcome says about a check: an `exists` is satisfied by it, the others are broken by it, or it does not matter. */
function verdictCell({ kind }: CheckAnswer, holds: boolean): Html {
  if (kind === "exists") {
    return holds
      ? html`<td class="verdict" title="satisfies the condition">${PASSED}<span class="unseen">satisfies it</span></td>`
      : html`<td class="verdict"></td>`;
  }
  const broken = holds === (kind === "~exists");
  return broken
    ? html`<td class="verdict" title="breaks the condition">${FAILED}<span class="unseen">breaks it</span></td>`
    : html`<td class="verdict"></td>`;
}

function facts({ models }: Answer): Html {
  const notes = models.flatMap((m) => [
    ...(m.limit === null
      ? []
      : [
          `${nameOf(m.model)} was ${limitText(m.limit)}: what is listed can happen; what is not listed is not excluded.`,
        ]),
    ...m.unfinished.map((u) => `${nameOf(m.model)}: ${unfinishedText(u)}.`),
    ...(m.boundHit
      ? [
          `${nameOf(m.model)}: a store had to wait for a full buffer; with larger buffers there may be more outcomes.`,
        ]
      : []),
    ...(m.limit === null && !m.livelocksDecided && !m.unfinished.some((u) => u.what === "livelocks")
      ? [`${nameOf(m.model)}: livelocks were not looked for.`]
      : []),
  ]);
  return html`${notes.map((n) => html`<p class="warning">${n}</p>`)}
<p class="quiet facts">${models
    .map(
      (m) =>
        `${nameOf(m.model)}: ${count(m.states, "state")}, ${count(m.transitions, "step")}, depth ${m.depth}, reduction ${m.reduction}`,
    )
    .join(" · ")}</p>`;
}
