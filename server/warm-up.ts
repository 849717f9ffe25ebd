import { formText } from "../core/asm/forms.ts";
import { INSTRUCTIONS } from "../core/isa/instruction-set.ts";
import { X86_INSTRUCTIONS } from "../core/isa/x86.ts";
import { x86Forms, x86FormText } from "../core/litmus/forms.ts";
import type { Steps } from "../core/text/steps.ts";
import { readDocument } from "./document.ts";
import { diagnostics } from "./features/diagnostics.ts";
import { semanticTokens } from "./features/semantic-tokens.ts";
import { inSlices } from "./in-slices.ts";
import { readLitmus } from "./litmus/document.ts";
import { formatDocument } from "./litmus/formatting.ts";
import { litmusTokens } from "./litmus/semantic-tokens.ts";

/** So often that the code has been compiled when the first key is pressed; the engine compiles what has run often. */
const ROUNDS = 200;

/** Shorter than the slices of what somebody waits for. In milliseconds. */
const SLICE = 2;

/** Reads small texts over and over, between messages: a long one would else take five times as long after the first edits. */
export const warmUp = (): Promise<void> => inSlices(rounds(), () => true, SLICE);

function* rounds(): Steps<void> {
  for (let i = 0; i < ROUNDS; i++) {
    const program = readDocument("", `${PROGRAM}# ${i}`);
    diagnostics(program, { warnings: {} });
    semanticTokens(program);
    yield;
    const test = readLitmus("", `${TEST}(* ${i} *)`);
    diagnostics(test, { warnings: {} });
    litmusTokens(test);
    formatDocument(test);
    yield;
  }
}

/** Every form of every instruction. */
const PROGRAM = [
  ".var count",
  ".label",
  ...INSTRUCTIONS.flatMap(({ mnemonic, forms }) => forms.map((form) => `  ${mnemonic} ${formText(form)}`)),
  "  mov 4(%ax,%bx,4), %cx # an address",
  "",
].join("\n");

/** Every form of every instruction, on two threads. */
const TEST = [
  "X86 Warm",
  "{ x=0; }",
  "P0 | P1 ;",
  ...X86_INSTRUCTIONS.flatMap((spec) =>
    x86Forms(spec, "x86").map((form) => `${spec.mnemonic} ${x86FormText(form, "x86")}`),
  ).map((instruction) => `${instruction} | ${instruction} ;`),
  "L0: | L0: ;",
  "exists (x=1)",
].join("\n");
