import { returnTo } from "../../core/run/trace.ts";
import { integer } from "../arguments.ts";
import { noteFork } from "../debuggee.ts";
import type { Motion } from "../motions/motion.ts";
import { travel } from "../motions/travel.ts";
import { begin, debuggeeOf, stoppedDebuggee } from "../pace.ts";
import type { Handler, Session } from "../session.ts";
import { UserError } from "../user-error.ts";
import { branchViews } from "../views/branches.ts";

/** Goes to the end of another branch; the present one is kept. @throws UserError if there is no such branch */
export function returnToBranch(session: Session, id: number, isAnswered = false): void {
  const { branches, log } = stoppedDebuggee(session).trace;
  const isPresent = id === branches.present;
  if (!isPresent && !branches.kept.has(id))
    throw new UserError(
      branches.begun === 1
        ? "there is one branch only: go back and let something else happen, and there are two"
        : `there is no branch ${id}; there are 1 to ${branches.begun}`,
    );
  const motion = isPresent
    ? travel(session.focus, log.length, `branch ${id} is the present one`)
    : changeBranch(session.focus, id);
  if (!isPresent) session.steps.length = 0;
  begin(session, motion, { isAnswered });
}

const changeBranch = (thread: number, id: number): Motion => ({
  thread,
  slice(debuggee) {
    const { trace } = debuggee;
    const { present } = trace.branches;
    const fork = returnTo(trace, id);
    if (fork !== undefined) noteFork(debuggee, fork);
    return {
      reason: "travel",
      thread,
      label: `branch ${id}`,
      text: `on branch ${id} now, at ${trace.index} of ${trace.log.length}; branch ${present}, which is the same up to ${fork}, is kept`,
    };
  },
});

/** `interleave/branches`: all ways that this session has gone. */
const branches: Handler = (session) => ({ branches: branchViews(debuggeeOf(session)) });

/** `interleave/branch`: goes to the end of another one. */
const branch: Handler = (session, args) => {
  returnToBranch(session, integer(args, "id"));
  return undefined;
};

export const branchRequests: Readonly<Record<string, Handler>> = {
  "interleave/branches": branches,
  "interleave/branch": branch,
};
