import type { WrittenCheck } from "../core/check/check.ts";
import { locationText, valueTexts } from "../core/check/locations.ts";
import { firstOvertaking } from "../core/explore/beyond-sc.ts";
import { type ComparedOutcome, compareOutcomes, type Exploration } from "../core/explore/comparison.ts";
import { formatReduction } from "../core/explore/reduction/reduction.ts";
import type { BadStates, ExploreReport, Unfinished } from "../core/explore/report.ts";
import { nameOfAddress } from "../core/machine/describe.ts";
import type { Program } from "../core/machine/program.ts";
import type { State } from "../core/machine/state.ts";
import { integerText } from "../core/machine/wide.ts";
import type { ScheduleLog } from "../core/schedule/log.ts";
import { formatSchedule } from "../core/schedule/text.ts";
import { count } from "../core/text/count.ts";
import { EXIT } from "./exit.ts";
import { print } from "./output.ts";
import { complainAboutFault, MOST_SHOWN } from "./source.ts";
import { printTable } from "./table.ts";

/** What `interleave explore` has to tell. */
export interface Result {
  readonly program: Program;
  readonly checks: readonly WrittenCheck[];
  /** The weaker model, which can do all that the stronger one can, comes last and judges. */
  readonly explorations: readonly Exploration[];
  readonly milliseconds: number;
}

/** Outcomes shown as rows; more would not be read. */
const MOST_ROWS = 100;

export function exitStatus({ explorations }: Result): number {
  const { report } = explorations.at(-1)!;
  const failed = report.verdicts.some((v) => v.holds === false) || report.faults.length > 0;
  if (failed) return EXIT.FAILED;
  const done = explorations.every(({ report: r }) => r.limit === undefined && r.unfinished.length === 0);
  return done ? EXIT.OK : EXIT.LIMIT;
}

export function printExploration(result: Result): void {
  printOutcomes(result);
  printChecks(result);
  for (const { start, report } of result.explorations) printTroubles(start, report);
  printSummary(result);
}

const nameOf = ({ report }: Exploration): string => report.model.toUpperCase();

const textOf = (schedule: ScheduleLog | undefined): string =>
  schedule ? formatSchedule(schedule) || "(nothing to do)" : "(not worked out)";

function printOutcomes(result: Result): void {
  const { program, explorations } = result;
  const rows = compareOutcomes(result.explorations.map((e) => e.report.outcomes));
  const { locations } = explorations[0]!.report;
  if (rows.length === 0) {
    const certain = explorations.every((e) => e.report.limit === undefined);
    print(certain ? "No run comes to an end.\n" : "No run was seen to come to an end.\n");
    return;
  }
  const names = locations.map((l) => locationText(program, l));
  printTable(
    [...names, ...explorations.map(nameOf), "shortest schedule"],
    rows
      .slice(0, MOST_ROWS)
      .map(({ values, byModel }) => [
        ...valueTexts(program, locations, values),
        ...byModel.map((o) => (o ? String(o.finalStates) : "-")),
        textOf(byModel.find((o) => o !== undefined)!.schedule),
      ]),
    [names.length, names.length + explorations.length],
  );
  if (rows.length > MOST_ROWS)
    print(`… and ${rows.length - MOST_ROWS} more outcomes; --json tells them all\n`);
  const certain = explorations.every((e) => e.report.limit === undefined);
  const absent = certain ? "cannot happen" : "was not seen";
  print(`(${explorations.map(nameOf).join(", ")}: number of different final states; -: ${absent})\n`);
  if (explorations.length > 1) printBeyondSc(result, rows);
}

/** For a few of the outcomes that only the weaker model has, where their schedule does what SC does not. */
function printBeyondSc({ program, explorations }: Result, rows: readonly ComparedOutcome[]): void {
  const weaker = explorations.at(-1)!;
  const news = rows.filter((r) => r.byModel[0] === undefined);
  if (news.length === 0) return;
  print(`\n${count(news.length, "outcome")} only under ${nameOf(weaker)}:\n`);
  for (const { values, byModel } of news.slice(0, 5)) {
    const { locations } = weaker.report;
    const texts = valueTexts(program, locations, values);
    const what = texts.map((text, i) => `${locationText(program, locations[i]!)}=${text}`);
    const { schedule } = byModel.at(-1)!;
    const overtaking = schedule && firstOvertaking(weaker.start, schedule);
    print(`  ${what.join(" ")}\n`);
    if (!overtaking) continue;
    const { index, thread, load, store } = overtaking;
    const text = program.instructions[program.code.instruction[load]!]!.text;
    const cell = nameOfAddress(program, store.address) ?? integerText(program.wide, store.address);
    print(
      `    leaves SC at transition ${index + 1}: T${thread} does \`${text}\` while its store to ${cell} is still in its buffer\n`,
    );
  }
  if (news.length > 5) print("  …\n");
}

function printChecks({ checks, explorations }: Result): void {
  if (checks.length > 0) print("\n");
  for (const [i, { text }] of checks.entries()) {
    for (const exploration of explorations) {
      const { holds, schedule } = exploration.report.verdicts[i]!;
      const word = holds === undefined ? "unknown" : holds ? "holds" : "FAILS";
      const model = explorations.length > 1 ? `${nameOf(exploration).padEnd(5)}` : "";
      print(`${word.padEnd(9)}${model}${text}\n`);
      if (schedule) print(`         ${holds ? "as in:" : "after:"} ${textOf(schedule)}\n`);
    }
  }
}

function printTroubles(start: State, { model, faults, deadlocks, livelocks }: ExploreReport): void {
  for (const { fault, schedule } of faults.slice(0, MOST_SHOWN)) {
    print(`\nfault    ${model.toUpperCase()} after: ${textOf(schedule)}\n`);
    complainAboutFault(start.program, fault);
  }
  const more = faults.length - MOST_SHOWN;
  if (more > 0) print(`\n${model.toUpperCase()}: … and ${count(more, "fault")} more (--json has all)\n`);
  const tell = (bad: BadStates | undefined, what: string): void => {
    if (!bad || bad.count === 0) return;
    print(`\n${model.toUpperCase()}: ${count(bad.count, "state")} ${what}\n`);
    if (bad.schedule) print(`         after: ${textOf(bad.schedule)}\n`);
  };
  tell(deadlocks, "in which no thread can move, although not all have halted (deadlock)");
  tell(livelocks, "from which no run can end (livelock)");
}

const LIMITS: Readonly<Record<NonNullable<ExploreReport["limit"]>, string>> = {
  states: "at the largest number of states (--max-states)",
  memory: "at the largest amount of memory (--memory)",
  cancelled: "when it was told to (--seconds, Ctrl+C)",
};

const UNFINISHED: Readonly<Record<Unfinished["what"], string>> = {
  livelocks: "there may be livelocks: the search for them was stopped",
  schedules: "schedules are missing: working them out was stopped",
};

function printSummary({ explorations, milliseconds }: Result): void {
  print("\n");
  for (const exploration of explorations) {
    const { states, transitions, depth, reduction, limit, unfinished, boundHit, livelocks } =
      exploration.report;
    const model = nameOf(exploration);
    print(
      `${model}: ${count(states, "state")}, ${count(transitions, "step")}, depth ${depth}, reduction ${formatReduction(reduction)}\n`,
    );
    if (limit) {
      print(
        `${model}: stopped ${LIMITS[limit]}. What is listed can happen; what is not listed is not excluded.\n`,
      );
    }
    for (const { what, limit: met } of unfinished) print(`${model}: ${UNFINISHED[what]} ${LIMITS[met]}.\n`);
    if (boundHit) {
      print(
        `${model}: a store had to wait for a full buffer; with a larger --buffer there may be more outcomes.\n`,
      );
    }
    if (!limit && livelocks === undefined && !unfinished.some((u) => u.what === "livelocks")) {
      print(
        `${model}: at this reduction, livelocks were not looked for, and faults may be missing if others loop for ever.\n`,
      );
    }
  }
  print(`${(milliseconds / 1000).toFixed(2)} s\n`);
}
