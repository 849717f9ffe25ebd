import type { Diagnostic } from "../text/diagnostic.ts";
import { range } from "../text/range.ts";
import { append, createLog, forEachStretch, MOST_THREADS, type ScheduleLog } from "./log.ts";

/** Longest schedule that a text can stand for; `0*1000000000` is a slip, not a schedule. */
const MOST_TRANSITIONS = 100_000_000;

/** Writes transitions `start` to `end` of a schedule, as in `0*2 1 0! 1`. */
export function formatSchedule(log: ScheduleLog, start = 0, end = log.length): string {
  const items: string[] = [];
  forEachStretch(log, start, end, (word, count) => {
    const item = `${word >> 1}${word & 1 ? "!" : ""}`;
    items.push(count > 1 ? `${item}*${count}` : item);
  });
  return items.join(" ");
}

/** Reads a schedule: items `T`, `T!`, `T*4`, `T!*2` divided by blanks. */
export function parseSchedule(text: string): {
  readonly log: ScheduleLog;
  readonly diagnostics: readonly Diagnostic[];
} {
  const log = createLog();
  const diagnostics: Diagnostic[] = [];
  for (const match of text.matchAll(/\S+/g)) {
    const item = /^(\d+)(!?)(?:\*(\d+))?$/.exec(match[0]);
    const thread = Number(item?.[1]);
    const count = Number(item?.[3] ?? 1);
    const message = !item
      ? `\`${match[0].slice(0, 40)}\` is not a schedule item; write 0 (T0 executes), 0! (its oldest store drains), 0*4 or 0!*2`
      : thread >= MOST_THREADS
        ? `there is no thread T${item[1]}`
        : log.length + count > MOST_TRANSITIONS
          ? `the schedule is longer than ${MOST_TRANSITIONS} transitions`
          : undefined;
    if (message) {
      const where = range(match.index, match.index + match[0].length);
      diagnostics.push({ code: "bad-schedule", severity: "error", message, range: where });
      break;
    }
    append(log, thread * 2 + (item?.[2] ? 1 : 0), count);
  }
  return { log, diagnostics };
}
