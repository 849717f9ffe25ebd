import { type Imbalance, imbalances } from "../stack-balance.ts";
import { type Finding, placeOf, type WaysSubject } from "./subject.ts";

/** Ways on which the stack is not what the code takes it to be. */
export const unbalancedStack = (subject: WaysSubject): Finding[] =>
  imbalances(subject.flow)
    .filter(({ at }) => at < subject.flow.code.length)
    .map((imbalance) => ({
      code: "unbalanced-stack",
      message: describe(imbalance),
      range: placeOf(subject, imbalance.at),
    }));

function describe(imbalance: Imbalance): string {
  switch (imbalance.kind) {
    case "height-at-return":
      return imbalance.height > 0
        ? `\`ret\` takes the top of the stack as the address to return to, but the routine has left ${cells(imbalance.height)} on it`
        : `\`ret\` takes the top of the stack as the address to return to, but the routine has taken ${cells(-imbalance.height)} too many`;
    case "pop-of-nothing":
      return imbalance.inRoutine
        ? "this takes the return address off the stack: the routine has pushed nothing that is left"
        : "nothing that was pushed is left on the stack here";
    case "return-without-call":
      return "no call leads here, so there is no address to return to";
    case "heights-differ":
      return `the stack is higher on one way here than on another (by ${cells(Math.abs(imbalance.heights[0] - imbalance.heights[1]))}); a loop that pushes must pop as much`;
  }
}

const cells = (count: number): string => (count === 1 ? "1 cell" : `${count} cells`);
