import type { Backend } from "../../hardware/emit.ts";
import { HardwareFailure } from "../../hardware/failure.ts";
import { requireMachine } from "../../hardware/machine.ts";

/** Why nothing can be run with a back end on this machine; undefined where it can. */
export function hindrance(backend: Backend): string | undefined {
  try {
    requireMachine(backend);
    return undefined;
  } catch (error) {
    if (error instanceof HardwareFailure) return error.message;
    throw error;
  }
}
