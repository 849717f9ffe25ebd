import { summarize } from "../core/herd/report.ts";
import type { LitmusResult } from "../core/herd/run.ts";
import { formatSchedule } from "../core/schedule/text.ts";

/**
 * What `interleave litmus --json` prints: one line of JSON a test. Version 1 of this form: members may be added, none is changed or taken away.
 *
 *  - `interleave`: 1
 *  - `test`, `file`, `model`, `condition`, `hash`, `seconds`
 *  - `kind`: Allowed, Forbidden or Required; `ok`; `observation`: Never, Sometimes or Always
 *  - `locations`: as the report writes them
 *  - `states`: `{values, satisfies, executions, schedule}`; `values` by location, as texts; `executions` is null where a loop makes them endless
 *  - `holding`, `failing`: executions that satisfy the proposition and that do not, or null
 *  - `boundHit`: a store buffer was full, larger ones might allow more
 */
export function litmusJson(result: LitmusResult, file: string, seconds: number): unknown {
  const { kind, ok, observation, holding, failing } = summarize(result);
  return {
    interleave: 1,
    test: result.name,
    file,
    model: result.model,
    kind,
    ok,
    observation,
    condition: result.condition,
    locations: result.locations,
    states: result.states.map(({ values, satisfies, executions, schedule }) => ({
      values: Object.fromEntries(values.map((v, i) => [result.locations[i]!, v])),
      satisfies,
      executions: executions ?? null,
      schedule: formatSchedule(schedule),
    })),
    holding: holding ?? null,
    failing: failing ?? null,
    boundHit: result.boundHit,
    hash: result.hash,
    seconds,
  };
}
