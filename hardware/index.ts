/** Running tests on the real processor, for the command line and the editor. Nothing here may be called in a workspace that is not trusted. */
export { type Allowed, type ComparedOutcome, compareWithModels, isAlarm } from "./comparison.ts";
export { BACKENDS, type Backend, emitC } from "./emit.ts";
export { HardwareFailure } from "./failure.ts";
export { parseCpuList, requireMachine } from "./machine.ts";
export { FAULTS, placeOf, placeText } from "./place.ts";
export type { EndReason, Histogram, PlaceCount } from "./protocol.ts";
export {
  BARRIERS,
  type HardwareOptions,
  type HardwareResult,
  runOnHardware,
} from "./run.ts";
export { type HardwareTest, hardwareTest } from "./test.ts";
