/**
 * The inner loops of an exploration, in AssemblyScript: a subset of TypeScript that is compiled to WebAssembly (`npm run build`). They spend
 * their time waiting for memory; the fewer instructions a state takes, the more of them wait at once.
 */
export { add, bucketOf, bytesInUse, flush, forgetQueues, queuedOf, queueOf, repack, total } from "./queues.as";
export { useBucket, useBuckets, waiting, waitingAt } from "./queues.as";
export { clear, configure, countOf, divide, find, prepareToDivide, statesOf } from "./slots.as";
export { departures, expand, reason, taken, useParts, useShape, useTables } from "./steps.as";
