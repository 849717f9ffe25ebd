/**
 * When stores leave their buffers in a run under TSO. `eager`: at once, so that the run is one of SC. `lazy`: when an instruction needs the
 * buffer empty, when it is full, after long waiting, and at the end. `random`: at random moments. `manual`: when an instruction needs
 * the buffer empty or it is full; otherwise a person drains, also at the end.
 */
export type DrainPolicy = "eager" | "lazy" | "random" | "manual";

/** The policies that let a run end without a person. */
export const DRAIN_POLICIES: readonly DrainPolicy[] = ["eager", "lazy", "random"];
