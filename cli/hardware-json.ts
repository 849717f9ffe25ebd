import { locationText } from "../core/check/locations.ts";
import { jsonInteger } from "../core/machine/describe.ts";
import { isAlarm, type PlaceCount, placeOf } from "../hardware/index.ts";
import { judge, type Result, rowsOf } from "./hardware-result.ts";

/**
 * Version 1 of what `--json` prints: `{interleave, program, backend, barrier, cpus, runs, seconds, end, locations, outcomes, checks, faulty, faults,
 * stuck, places, alarm}`. An outcome is `{values, sc, tso, seen}`, `sc` and `tso` null where it is not certain whether they allow it; a check
 * `{text, positive, negative, holds}`; faults and places `{thread, line, runs}`. Members may be added, none is changed or taken away.
 */
export function toJson(result: Result): unknown {
  const { program, test, checks, seen } = result;
  const names = test.locations.map((l) => locationText(program, l));
  const place = (at: PlaceCount): unknown => ({
    thread: at.thread,
    line: placeOf(program, at)?.line ?? null,
    runs: at.count,
  });
  const { backend, barrier, cpus, runs, seconds, end, faulty, stuck } = seen;
  return {
    interleave: 1,
    program: program.name,
    ...{ backend, barrier, cpus, runs, seconds, end },
    locations: names,
    outcomes: rowsOf(result).map(({ values, allowed: [sc, tso], seen: times }) => ({
      values: Object.fromEntries(
        values.map((v, i) => [names[i]!, Number.isNaN(v) ? null : jsonInteger(program, v)]),
      ),
      sc: sc ?? null,
      tso: tso ?? null,
      seen: times,
    })),
    checks: checks.map((c) => {
      const { text, positive, negative, holds } = judge(c, result);
      return { text, positive: positive ?? null, negative, holds: holds ?? null };
    }),
    ...{ faulty, faults: seen.faults.map(place), stuck, places: seen.places.map(place) },
    alarm: rowsOf(result).some(isAlarm),
  };
}
