import type { Handler } from "../session.ts";
import { branchRequests } from "./branches.ts";
import { breakpointRequests } from "./breakpoints.ts";
import { customRequests } from "./custom.ts";
import { editRequests } from "./edit.ts";
import { evaluateRequests } from "./evaluate.ts";
import { lifecycleRequests } from "./lifecycle.ts";
import { memoryRequests } from "./memory.ts";
import { motionRequests } from "./motion.ts";
import { viewRequests } from "./views.ts";

/** Every request that the adapter knows, by its command. */
export const REQUESTS: Readonly<Record<string, Handler>> = {
  ...lifecycleRequests,
  ...breakpointRequests,
  ...motionRequests,
  ...viewRequests,
  ...evaluateRequests,
  ...editRequests,
  ...memoryRequests,
  ...branchRequests,
  ...customRequests,
};

/**
 * Whether a request moves the program or the session, so that nobody but the editor itself can tell the person what went wrong. A failure of any
 * other is shown where it was asked for: in the row of a watch, in the console, by whoever sent one of the adapter's own requests.
 */
export const isMove = (command: string): boolean =>
  Object.hasOwn(lifecycleRequests, command) || Object.hasOwn(motionRequests, command);
