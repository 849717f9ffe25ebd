import type { WrittenCheck } from "../check/check.ts";
import { type Check, isAboutEveryState } from "../check/check.ts";
import { locationText, valueText } from "../check/locations.ts";
import { type Happening, storyOf } from "../execution/story.ts";
import { explainFault, faultRange } from "../machine/fault.ts";
import type { Model, State } from "../machine/state.ts";
import { append, createLog, type ScheduleLog } from "../schedule/log.ts";
import { formatSchedule } from "../schedule/text.ts";
import { count } from "../text/count.ts";
import type { Range } from "../text/range.ts";
import { firstOvertaking } from "./beyond-sc.ts";
import { type ComparedOutcome, compareOutcomes, type Exploration } from "./comparison.ts";
import { formatReduction } from "./reduction/reduction.ts";
import type { BadStates, ExploreReport, Unfinished, Verdict } from "./report.ts";
import type { Limit } from "./search/search.ts";
import { type ShownOutcome, shownOutcomes } from "./shown-outcomes.ts";
import type { Subject } from "./subject.ts";

/** A schedule that leads somewhere, and the model under which it does. */
export interface Witness {
  readonly model: Model;
  readonly schedule: string;
  /** Number of transitions. */
  readonly length: number;
}

/** An outcome as a row of a table. */
export interface OutcomeRow {
  /** By location of the answer. */
  readonly values: readonly string[];
  /** By model of the answer; null where the model cannot end so. */
  readonly byModel: readonly ({ readonly finalStates: number; readonly witness?: Witness } | null)[];
  /** By check whether its condition holds here; null for a check that is not about final states. */
  readonly holds: readonly (boolean | null)[];
  /** What SC does not allow in the witness, if SC cannot end so. */
  readonly beyondSc?: string;
}

export interface CheckVerdict {
  /** Null where the exploration ended before it was certain. */
  readonly holds: boolean | null;
  /** Of an `exists` that holds an example, of another check that fails a counterexample. */
  readonly witness?: Witness;
}

export interface CheckAnswer {
  readonly text: string;
  readonly kind: Check["kind"];
  readonly range?: Range;
  /** By model of the answer. */
  readonly verdicts: readonly CheckVerdict[];
  /** What the counterexample of the model that judges does, if there is one. */
  readonly story: readonly Happening[];
}

/** Something that should not be possible and is. */
export interface Trouble {
  readonly kind: "fault" | "deadlock" | "livelock";
  readonly message: string;
  /** Where in the text, for a fault. */
  readonly range?: Range;
  readonly witness?: Witness;
}

/** What one model can do, and how far that is certain. */
export interface ModelAnswer {
  readonly model: Model;
  readonly outcomes: number;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly reduction: string;
  /** What ended the exploration before it had seen everything; null: nothing did. */
  readonly limit: Limit | null;
  readonly unfinished: readonly Unfinished[];
  readonly boundHit: boolean;
  readonly livelocksDecided: boolean;
}

/** An exploration's findings in words and numbers: plain data that views show and that can be sent from thread to thread. */
export interface Answer {
  /** The program's name. */
  readonly name: string;
  readonly locations: readonly string[];
  readonly models: readonly ModelAnswer[];
  /** Index of the model whose verdicts count. */
  readonly judge: number;
  readonly outcomes: readonly OutcomeRow[];
  readonly checks: readonly CheckAnswer[];
  readonly troubles: readonly Trouble[];
}

/** Sentences of a story; more would not be read. */
const LONGEST_STORY = 20;

/**
 * Puts what one or two models can do with a subject into words.
 * @param explorations the stronger model first
 * @param judge index of the one whose verdicts count
 * @param past what led to the state from which they began; witnesses begin with it
 */
export function describeAnswer(
  subject: Subject,
  explorations: readonly Exploration[],
  judge: number,
  past: ScheduleLog = createLog(),
): Answer {
  const { program, columns, checks } = subject;
  const reports = explorations.map((e) => e.report);
  const outcomes = reports.map((report) => shownOutcomes(report, subject));
  return {
    name: program.name,
    locations: columns.map((c) => c.text),
    models: reports.map((report, m) => describeModel(report, outcomes[m]!.length)),
    judge,
    outcomes: compareOutcomes(outcomes).map((row) => describeOutcome(row, { explorations, checks, past })),
    checks: checks.map(({ text, range, check }, i) => {
      const { start, report } = explorations[judge]!;
      const judged = report.verdicts[i]!;
      return {
        text,
        kind: check.kind,
        ...(range && { range }),
        verdicts: reports.map((r) => describeVerdict(r.verdicts[i]!, r.model, past)),
        story:
          judged.holds === false && judged.schedule ? storyOf(start, judged.schedule, LONGEST_STORY) : [],
      };
    }),
    troubles: describeTroubles(explorations[judge]!, past),
  };
}

function witnessOf(model: Model, schedule: ScheduleLog, past: ScheduleLog): Witness {
  const whole = join(past, schedule);
  return { model, schedule: formatSchedule(whole), length: whole.length };
}

function join(first: ScheduleLog, second: ScheduleLog): ScheduleLog {
  const whole = createLog();
  for (const { words, length } of [first, second]) for (let i = 0; i < length; i++) append(whole, words[i]!);
  return whole;
}

const describeModel = (report: ExploreReport, outcomes: number): ModelAnswer => ({
  model: report.model,
  outcomes,
  states: report.states,
  transitions: report.transitions,
  depth: report.depth,
  reduction: formatReduction(report.reduction),
  limit: report.limit ?? null,
  unfinished: report.unfinished,
  boundHit: report.boundHit,
  livelocksDecided: report.livelocks !== undefined,
});

const describeVerdict = ({ holds, schedule }: Verdict, model: Model, past: ScheduleLog): CheckVerdict => ({
  holds: holds ?? null,
  ...(schedule && { witness: witnessOf(model, schedule, past) }),
});

interface Telling {
  readonly explorations: readonly Exploration[];
  readonly checks: readonly WrittenCheck[];
  readonly past: ScheduleLog;
}

function describeOutcome({ values, byModel }: ComparedOutcome<ShownOutcome>, telling: Telling): OutcomeRow {
  const { explorations, checks, past } = telling;
  const { program } = explorations[0]!.start;
  const { lookup } = byModel.find((outcome) => outcome !== undefined)!;
  const weakest = byModel.at(-1)?.schedule;
  const beyond = byModel[0] || !weakest ? undefined : describeOvertaking(explorations.at(-1)!.start, weakest);
  return {
    values: values.map((v) => valueText(program, v)),
    byModel: byModel
      .map(
        (outcome, m) =>
          outcome && {
            finalStates: outcome.finalStates,
            ...(outcome.schedule && {
              witness: witnessOf(explorations[m]!.report.model, outcome.schedule, past),
            }),
          },
      )
      .map((found) => found ?? null),
    holds: checks.map(({ check }) =>
      isAboutEveryState(check) || check.kind === "mutex" ? null : check.proposition.holds(lookup),
    ),
    ...(beyond !== undefined && { beyondSc: beyond }),
  };
}

/** Where a schedule does what SC does not allow, in a sentence. */
function describeOvertaking(start: State, schedule: ScheduleLog): string | undefined {
  const found = firstOvertaking(start, schedule);
  if (!found) return undefined;
  const { program } = start;
  const cell = (address: number): string => locationText(program, { kind: "memory", address });
  return `step ${found.index + 1}: T${found.thread} reads ${cell(found.address)} while its store to ${cell(found.store.address)} is still in its buffer`;
}

function describeTroubles({ start, report }: Exploration, past: ScheduleLog): Trouble[] {
  const { program } = start;
  const faults = report.faults.map(({ fault, schedule }): Trouble => {
    const range = faultRange(program, fault);
    // The last transition is the one that cannot be taken.
    const before = schedule && { ...schedule, length: schedule.length - 1 };
    return {
      kind: "fault",
      message: explainFault(program, fault),
      ...(range && { range }),
      ...(before && { witness: witnessOf(report.model, before, past) }),
    };
  });
  const bad = (kind: Trouble["kind"], found: BadStates | undefined, what: string): Trouble[] => {
    if (!found?.count) return [];
    const message = `${count(found.count, "state")} ${what}`;
    return [
      { kind, message, ...(found.schedule && { witness: witnessOf(report.model, found.schedule, past) }) },
    ];
  };
  return [
    ...faults,
    ...bad("deadlock", report.deadlocks, "in which no thread can move although not all have halted"),
    ...bad("livelock", report.livelocks, "from which no run can end"),
  ];
}
