import { locationText, valueTexts } from "../core/check/locations.ts";
import type { ExploreReport } from "../core/explore/report.ts";
import { count, grouped } from "../core/text/count.ts";
import {
  type Allowed,
  type EndReason,
  FAULTS,
  isAlarm,
  type PlaceCount,
  placeText,
} from "../hardware/index.ts";
import { holdsIn, judge, type Result, rowsOf } from "./hardware-result.ts";
import { print } from "./output.ts";
import { printTable } from "./table.ts";

/** Outcomes shown as rows; more would not be read. */
const MOST_ROWS = 100;

export function printHardware(result: Result): void {
  printOutcomes(result);
  printChecks(result);
  printTroubles(result);
  printSummary(result);
}

const ALLOWED = new Map<Allowed, string>([
  [true, "yes"],
  [false, "no"],
  [undefined, "?"],
]);

const dim = (line: string): string => (process.stdout.isTTY ? `\x1b[2m${line}\x1b[22m` : line);
const alarming = (line: string): string => (process.stdout.isTTY ? `\x1b[1;31m${line}\x1b[0m` : line);

function printOutcomes(result: Result): void {
  const { program, test, checks } = result;
  const rows = rowsOf(result);
  const shown = rows.slice(0, MOST_ROWS);
  const names = test.locations.map((l) => locationText(program, l));
  const marks = (values: readonly number[]): string =>
    checks
      .flatMap((c, i) => (holdsIn(c, result, values) ? [checks.length > 1 ? `*${i + 1}` : "*"] : []))
      .join(" ");
  printTable(
    [...names, "SC allows", "TSO allows", "seen", ""],
    shown.map((row) => [
      ...valueTexts(program, test.locations, row.values),
      ...row.allowed.map((a) => ALLOWED.get(a)!),
      grouped(row.seen),
      `${marks(row.values)}${isAlarm(row) ? "  FORBIDDEN, and seen" : ""}`,
    ]),
    [names.length],
    (line, r) => (isAlarm(shown[r]!) ? alarming(line) : shown[r]!.seen === 0 ? dim(line) : line),
  );
  if (rows.length > MOST_ROWS)
    print(`… and ${rows.length - MOST_ROWS} more outcomes; --json tells them all\n`);
  if (rows.some(isAlarm)) {
    print(
      "\nA run ended as TSO does not allow. Until it is explained, that is a bug in Interleave: please report it.\n",
    );
  }
}

function printChecks(result: Result): void {
  const { checks } = result;
  if (checks.length > 0) print("\n");
  for (const [i, check] of checks.entries()) {
    const { text, positive, negative, holds } = judge(check, result);
    const mark = checks.length > 1 ? `*${i + 1} ` : "* ";
    const tally =
      positive === undefined
        ? "is about every state, which runs do not show"
        : `${grouped(positive)} positive, ${grouped(negative)} negative`;
    print(`${mark}${text}: ${tally}${holds === undefined ? "" : holds ? "; holds" : "; FAILS"}\n`);
  }
}

function printTroubles({ program, reports, seen }: Result): void {
  const where = (place: PlaceCount): string => `  ${grouped(place.count)}: ${placeText(program, place)}\n`;
  if (seen.faulty > 0) {
    print(`\n${count(seen.faulty, "run")} ended with a fault: ${FAULTS}.\n`);
    print(seen.faults.map(where).join(""));
  }
  if (seen.stuck > 0 || seen.places.length > 0) {
    print(
      `\n${count(seen.stuck, "run")} did not end: no thread came on in a tenth of a second of processor time.\n`,
    );
    print(`${explainStuck(reports.at(-1)!)} Where the threads were going round:\n`);
    print(seen.places.map(where).join(""));
  }
}

/** What the model says of runs that do not end. */
function explainStuck({ deadlocks, livelocks }: ExploreReport): string {
  if (deadlocks.count > 0 || (livelocks?.count ?? 0) > 0) return "TSO has states from which no run can end.";
  if (livelocks) return "In TSO every run can end: these were very long, or there is a bug in Interleave.";
  return "Whether TSO has states from which no run can end is not known.";
}

const STOPPED: Readonly<Record<Exclude<EndReason, "done">, string>> = {
  cancelled: "stopped by Ctrl+C",
  time: "stopped by the limit of time (--seconds)",
  room: "stopped, because there are too many different outcomes",
  stuck: "stopped, because runs do not end",
};

function printSummary({ test, seen }: Result): void {
  const { runs, seconds, backend, barrier, cpus, end } = seen;
  const rate = runs / Math.max(seconds, 1e-6);
  const threads = test.start.threadCount;
  print(
    `\n${count(runs, "run")} in ${seconds.toFixed(2)} s, ${grouped(Math.round(rate))} a second, with ${backend} on ${cpus.length === 1 ? "CPU" : "CPUs"} ${cpus.join(", ")}, barrier ${barrier}\n`,
  );
  if (end !== "done") print(`${STOPPED[end]}: what was not seen may happen all the same\n`);
  if (cpus.length < threads) {
    print(
      `${threads} threads took turns on ${count(cpus.length, "CPU")}: they hardly ever ran at the same time, so that rare outcomes stay unseen\n`,
    );
  }
}
