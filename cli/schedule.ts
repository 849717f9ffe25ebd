import type { ScheduleLog } from "../core/schedule/log.ts";
import { parseSchedule } from "../core/schedule/text.ts";
import { formatDiagnostic } from "../core/text/diagnostic.ts";
import { LineMap } from "../core/text/range.ts";
import { EXIT, Failure } from "./exit.ts";

/** The schedule that an option gives; fails with its place where it is none. */
export function readSchedule(flag: string, text: string): ScheduleLog {
  const { log, diagnostics } = parseSchedule(text);
  if (diagnostics[0])
    throw new Failure(EXIT.USAGE, formatDiagnostic(flag, new LineMap(text), diagnostics[0]));
  return log;
}
