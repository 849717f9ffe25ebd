import type { Range } from "../text/range.ts";
import type { Program } from "./program.ts";
import { codeAddress } from "./state.ts";
import { symbolText } from "./symbolic.ts";
import { integerText } from "./wide.ts";

/** Why a transition could not be taken. The state is as it was before. */
export type FaultKind =
  | "unmapped-read"
  | "unmapped-write"
  | "code-as-data"
  | "out-of-code"
  | "bad-return"
  | "too-many-digits"
  | "symbolic-arithmetic";

export interface Fault {
  readonly kind: FaultKind;
  readonly thread: number;
  /** Operation index that was to be executed; the length of the code for a run past its end. */
  readonly operation: number;
  /** The address or the value that was wrong. */
  readonly value: number;
}

/** Where in the source a fault happened: its instruction, or for a run past the end the last one, if there is any. */
export function faultRange(program: Program, fault: Fault): Range | undefined {
  const last = program.instructions.length - 1;
  const index = fault.kind === "out-of-code" ? last : program.code.instruction[fault.operation]!;
  return program.instructions[index]?.range;
}

/** One sentence for the person who wrote the program: which thread, what happened, what to do. */
export function explainFault(program: Program, fault: Fault): string {
  const who = `T${fault.thread}`;
  const shown = symbolText(program, fault.value) ?? integerText(program.wide, fault.value);
  switch (fault.kind) {
    case "symbolic-arithmetic":
      return `${who} computes with the address \`${shown}\` in a way that depends on where variables lie in memory, which a litmus test does not say`;
    case "unmapped-write":
      return `${who} writes to address ${shown}, which belongs to no variable of the test`;
    case "unmapped-read":
      if (program.mapped) return `${who} reads address ${shown}, which belongs to no variable of the test`;
      return `${who} reads address ${shown}, which is outside of memory and was never written`;
    case "code-as-data":
      return `${who} uses address ${shown} as data, but that is where the code is`;
    case "out-of-code":
      return program.code.length === 0
        ? `${who} has nothing to execute: the program has no instructions; end it with \`halt\``
        : `${who} runs past the last instruction; end the program with \`halt\` or jump back`;
    case "bad-return":
      return `${who} returns to ${shown}, where there is no instruction (code is at ${codeAddress(program, 0)} to ${codeAddress(program, program.code.length - 1)}): \`ret\` without \`call\`, or the stack was changed in between`;
    case "too-many-digits":
      return `${who} computes a number of more than 4,300 digits`;
  }
}
