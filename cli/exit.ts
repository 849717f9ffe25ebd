/** Exit statuses (contract): they are part of the interface. */
export const EXIT = {
  /** Done, and every check holds. */
  OK: 0,
  /** A check fails, or the program has errors or faults. */
  FAILED: 1,
  /** Wrong usage. */
  USAGE: 2,
  /** A recording and its replay differ. */
  DIVERGED: 3,
  /** Stopped at a limit before the answer was certain. */
  LIMIT: 4,
} as const;

/** Ends a command with a message on stderr and an exit status. Thrown by commands, caught in main. */
export class Failure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
