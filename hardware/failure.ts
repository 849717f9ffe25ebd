/** Why a test cannot be run here, worded for the person who wants to run it: what is missing, and what to do. */
export class HardwareFailure extends Error {}
