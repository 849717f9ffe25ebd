import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load } from "../../core/load/load.ts";
import { digest } from "../../core/machine/state.ts";
import { enabled, step } from "../../core/machine/transition.ts";
import { choose, createChooser, takeChosen } from "../../core/run/chooser.ts";
import { createRecurrence, metAgain } from "../../core/run/recurrence.ts";
import { createRun } from "../../core/run/run.ts";
import { allSpin } from "../../core/run/spinning.ts";
import { createTrace } from "../../core/run/trace.ts";

/** Programs that often go round: loops over two variables, with a way out. */
const loopText = fc
  .array(
    fc.constantFrom(
      "mov x, %ax",
      "mov y, %ax",
      "mov $1, x",
      "mov $0, x",
      "mov $1, y",
      "mov %ax, y",
      "add $1, %ax",
      "xchg %ax, x",
      "test $0, %ax",
      "test $1, %ax",
      "je .out",
      "jne .top",
      "mfence",
      "nop",
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((body) => `.var x\n.var y\n.main\n.top\n${body.join("\n")}\nj .top\n.out\nhalt\n`);

const model = fc.constantFrom("sc", "tso");

function chooserOf(text: string, values: object) {
  const { program, configuration } = load(text, { name: "test.s", values, runLine: false });
  const { state } = createRun(program!, configuration!);
  return createChooser(configuration!, createTrace(state));
}

describe("a run that makes no progress", () => {
  it("repeats for ever from the state that is met again", () => {
    let met = 0;
    fc.assert(
      fc.property(loopText, model, fc.integer({ min: 1, max: 7 }), (text, m, interrupt) => {
        const chooser = chooserOf(text, { model: m, interrupt, threads: 2, memsize: 1 });
        const { trace } = chooser;
        const recurrence = createRecurrence();
        const take = (): boolean => {
          const transition = choose(chooser);
          return transition !== undefined && !takeChosen(chooser, transition);
        };
        for (let i = 0; i < 3000 && take(); i++) {
          const since = metAgain(recurrence, chooser);
          if (since === undefined) continue;
          met++;
          const here = digest(trace.state);
          const period = trace.index - since;
          for (let k = 1; k <= 2 * period; k++) {
            expect(take()).toBe(true);
            if (k % period === 0) expect(digest(trace.state)).toBe(here);
          }
          expect(trace.log.words.slice(since, since + period)).toEqual(
            trace.log.words.slice(since + period, since + 2 * period),
          );
          return;
        }
      }),
    );
    expect(met).toBeGreaterThan(0);
  });

  it("cannot be ended by any schedule where all threads spin", () => {
    let spun = 0;
    fc.assert(
      fc.property(
        loopText,
        model,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 200, maxLength: 400 }),
        (text, m, choices) => {
          const { state } = chooserOf(text, { model: m, threads: 2, memsize: 1 }).trace;
          const walk = (visit: () => void): void => {
            for (const choice of choices) {
              const possible = enabled(state);
              if (possible.length === 0 || step(state, possible[Math.floor(choice * possible.length)]!))
                return;
              visit();
            }
          };
          let cells: number[] | undefined;
          let steps = 0;
          walk(() => {
            if (!cells && steps++ % 8 === 0 && allSpin(state)) {
              spun++;
              cells = [...state.memory.cells.subarray(0, 200)];
            }
            if (!cells) return;
            expect([...state.memory.cells.subarray(0, 200)]).toEqual(cells);
            expect([...state.halted]).toContain(0);
          });
        },
      ),
      { numRuns: 40 },
    );
    expect(spun).toBeGreaterThan(0);
  });
});
