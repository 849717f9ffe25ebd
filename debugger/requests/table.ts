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
