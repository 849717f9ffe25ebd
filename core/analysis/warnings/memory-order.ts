import { plainLocks } from "../plain-locks.ts";
import { reorderings } from "../reorderings.ts";
import { type Finding, lineOf, placeOf, type WaysSubject } from "./subject.ts";

/** Locks taken by load, test and store, where two threads can both find the lock free. */
export function plainLockWarnings(subject: WaysSubject): Finding[] {
  if (subject.threads < 2) return [];
  return plainLocks(subject.flow).map(({ load, store }) => ({
    code: "plain-lock",
    message: `another thread can take the lock between this load and the store in line ${lineOf(subject, store)}; \`xchg\` does both in one step`,
    range: placeOf(subject, load),
    related: [{ range: placeOf(subject, store), message: "the lock is taken here" }],
  }));
}

/** Loads that can overtake an earlier store to another cell under TSO. */
export function reorderingWarnings(subject: WaysSubject): Finding[] {
  if (subject.threads < 2) return [];
  return reorderings(subject.flow).map(({ store, load }) => ({
    code: "may-reorder",
    message: `under TSO this load may read memory before the store in line ${lineOf(subject, store)} has got there; \`mfence\` between them prevents it`,
    range: placeOf(subject, load),
    related: [{ range: placeOf(subject, store), message: "this store may still be in the store buffer" }],
  }));
}
