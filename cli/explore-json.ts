import { locationText } from "../core/check/locations.ts";
import { firstOvertaking } from "../core/explore/beyond-sc.ts";
import { compareOutcomes } from "../core/explore/comparison.ts";
import { formatReduction } from "../core/explore/reduction/reduction.ts";
import type { BadStates, ExploreReport } from "../core/explore/report.ts";
import { type Integer, jsonInteger } from "../core/machine/describe.ts";
import { explainFault, faultRange } from "../core/machine/fault.ts";
import type { Program } from "../core/machine/program.ts";
import type { ScheduleLog } from "../core/schedule/log.ts";
import { formatSchedule } from "../core/schedule/text.ts";
import { LineMap } from "../core/text/range.ts";
import type { Result } from "./explore-report.ts";

/**
 * What `interleave explore --json` prints. Version 1 of this form: members may be added, none is changed or taken away.
 *
 *  - `interleave`: 1
 *  - `program`: the file's name
 *  - `locations`: names of what outcomes are made of
 *  - `outcomes`: one an outcome, `{values, models}`; `values` by location (null: not mapped), `models` by model `{finalStates, schedule}`, with
 *    `leavesScAt` (index into the schedule, from 0) where a TSO schedule first does what SC does not; a model that cannot do it is absent
 *  - `checks`: `{text, models}`, by model `{holds, schedule?}`; `holds` is null where the answer is not certain
 *  - `models`: by model `{complete, limit, unfinished, boundHit, reduction, states, transitions, depth, bytes, faults, deadlocks, livelocks}`
 *  - `milliseconds`
 */
export function reportJson(result: Result): unknown {
  const { program, explorations, checks, milliseconds } = result;
  const names = explorations[0]!.report.locations.map((l) => locationText(program, l));
  return {
    interleave: 1,
    program: program.name,
    locations: names,
    outcomes: compareOutcomes(result.explorations.map((e) => e.report.outcomes)).map(
      ({ values, byModel }) => ({
        values: Object.fromEntries(values.map((v, i) => [names[i]!, valueJson(program, v)])),
        models: Object.fromEntries(
          byModel.flatMap((outcome, m) => {
            if (!outcome) return [];
            const { start } = explorations[m]!;
            const { schedule } = outcome;
            const overtaking = byModel[0] || !schedule ? undefined : firstOvertaking(start, schedule);
            return [
              [
                start.model,
                {
                  finalStates: outcome.finalStates,
                  ...scheduleJson(schedule),
                  ...(overtaking && { leavesScAt: overtaking.index }),
                },
              ],
            ];
          }),
        ),
      }),
    ),
    checks: checks.map(({ text }, i) => ({
      text,
      models: Object.fromEntries(
        explorations.map(({ report }) => {
          const { holds, schedule } = report.verdicts[i]!;
          return [report.model, { holds: holds ?? null, ...scheduleJson(schedule) }];
        }),
      ),
    })),
    models: Object.fromEntries(explorations.map(({ report }) => [report.model, modelJson(program, report)])),
    milliseconds: Math.round(milliseconds),
  };
}

const valueJson = (program: Program, value: number): Integer | null =>
  Number.isNaN(value) ? null : jsonInteger(program, value);

function modelJson(program: Program, report: ExploreReport): unknown {
  const { states, transitions, depth, bytes, boundHit, limit, unfinished, reduction } = report;
  const lines = new LineMap(program.text);
  return {
    complete: limit === undefined,
    limit: limit ?? null,
    unfinished,
    boundHit,
    reduction: formatReduction(reduction),
    states,
    transitions,
    depth,
    bytes,
    faults: report.faults.map(({ fault, schedule }) => {
      const range = faultRange(program, fault);
      return {
        kind: fault.kind,
        thread: fault.thread,
        line: range ? lines.position(range.start).line + 1 : null,
        message: explainFault(program, fault),
        ...scheduleJson(schedule),
      };
    }),
    deadlocks: badJson(report.deadlocks),
    livelocks: report.livelocks ? badJson(report.livelocks) : null,
  };
}

const badJson = ({ count, schedule }: BadStates): unknown => ({ count, ...scheduleJson(schedule) });

const scheduleJson = (schedule: ScheduleLog | undefined): { readonly schedule?: string } =>
  schedule ? { schedule: formatSchedule(schedule) } : {};
