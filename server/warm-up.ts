import { formText } from "../core/asm/forms.ts";
import { INSTRUCTIONS } from "../core/isa/instruction-set.ts";
import type { Steps } from "../core/text/steps.ts";
import { readDocument } from "./document.ts";
import { diagnostics } from "./features/diagnostics.ts";
import { semanticTokens } from "./features/semantic-tokens.ts";
import { inSlices } from "./in-slices.ts";

/** So often that the code has been compiled when the first key is pressed; the engine compiles what has run often. */
const ROUNDS = 200;

/** Shorter than the slices of what somebody waits for. In milliseconds. */
const SLICE = 2;

/** Reads a small program over and over, between messages: a long one would else take five times as long after the first edits. */
export const warmUp = (): Promise<void> => inSlices(rounds(), () => true, SLICE);

function* rounds(): Steps<void> {
  for (let i = 0; i < ROUNDS; i++) {
    const document = readDocument("", `${SAMPLE}# ${i}`);
    diagnostics(document, { warnings: {} });
    semanticTokens(document);
    yield;
  }
}

/** Every form of every instruction. */
const SAMPLE = [
  ".var count",
  ".label",
  ...INSTRUCTIONS.flatMap(({ mnemonic, forms }) => forms.map((form) => `  ${mnemonic} ${formText(form)}`)),
  "  mov 4(%ax,%bx,4), %cx # an address",
  "",
].join("\n");
