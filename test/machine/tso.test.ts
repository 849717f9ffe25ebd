import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load } from "../../core/load/load.ts";
import { describeState } from "../../core/machine/describe.ts";
import {
  copyState,
  digest,
  equalStates,
  isFinal,
  type Model,
  type State,
  start,
} from "../../core/machine/state.ts";
import { enabled, step } from "../../core/machine/transition.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { parseSchedule } from "../../core/schedule/text.ts";
import { programText } from "../support/programs.ts";

/** The state after a schedule, every transition of which must be possible. */
function stateAfter(text: string, schedule: string, model: Model = "tso", threads = 2): State {
  const { program } = load(text, { name: "test.s", values: {}, runLine: false });
  const state = start(program!, { model, threads });
  const { log } = parseSchedule(schedule);
  for (const word of log.words.subarray(0, log.length))
    expect(step(state, transitionOf(word))).toBeUndefined();
  return state;
}

const moves = (state: State): string =>
  enabled(state)
    .map((t) => `${t.thread}${t.kind === "drain" ? "!" : ""}`)
    .join(" ");

const STORE_LOAD = ".var x\n.var y\nmov $1, x\nmov x, %ax\nmov y, %bx\nhalt\n";

describe("a store under TSO", () => {
  it("waits in its thread's buffer, seen by its own loads only", () => {
    const { threads, variables } = describeState(stateAfter(STORE_LOAD, "0 0 1 1"));
    expect(threads[0]!.buffer).toEqual([{ address: 100, variable: "x", value: 1 }]);
    expect(variables).toMatchObject({ x: 0 });
    expect(threads[0]!.registers["ax"]).toBe(1);
  });

  it("is in memory after it has drained", () => {
    const { threads, variables } = describeState(stateAfter(STORE_LOAD, "0 0!"));
    expect(threads[0]!.buffer).toEqual([]);
    expect(variables).toMatchObject({ x: 1 });
  });

  it("is in memory at once under SC", () => {
    expect(describeState(stateAfter(STORE_LOAD, "0", "sc")).variables).toMatchObject({ x: 1 });
  });

  it("drains in order, and the newest serves a load", () => {
    const text = ".var x\nmov $1, x\nmov $2, x\nmov x, %ax\nhalt\n";
    const state = stateAfter(text, "0*3", "tso", 1);
    expect(describeState(state).threads[0]!.registers["ax"]).toBe(2);
    step(state, { thread: 0, kind: "drain" });
    expect(describeState(state).variables).toMatchObject({ x: 1 });
    step(state, { thread: 0, kind: "drain" });
    expect(describeState(state).variables).toMatchObject({ x: 2 });
  });

  it("may wait when its thread has halted; the run is over when it has drained", () => {
    const state = stateAfter(".var x\nmov $1, x\nhalt\n", "0*2", "tso", 1);
    expect(isFinal(state)).toBe(false);
    expect(moves(state)).toBe("0!");
    step(state, { thread: 0, kind: "drain" });
    expect(isFinal(state)).toBe(true);
    expect(moves(state)).toBe("");
  });

  it("can be a push or a call", () => {
    expect(describeState(stateAfter("push %ax\nhalt\n", "0")).threads[0]!.buffer).toHaveLength(1);
    expect(describeState(stateAfter("call .f\n.f\nret\nhalt\n", "0 0")).threads[0]!.buffer).toHaveLength(1);
  });

  it("describes a large value in a buffer by its digits, as elsewhere", () => {
    const { threads } = describeState(stateAfter(".var x\nmov $99999999999999999999, x\nhalt\n", "0"));
    expect(threads[0]!.buffer).toMatchObject([{ variable: "x", value: "99999999999999999999" }]);
  });

  it("waits when the buffer is full", () => {
    const { program } = load("mov $1, 2000\nmov $2, 2004\nhalt\n", { name: "t", values: {}, runLine: false });
    const state = start(program!, { model: "tso", threads: 1, bufferCapacity: 1 });
    step(state, { thread: 0, kind: "execute" });
    expect(moves(state)).toBe("0!");
    expect(step(state, { thread: 0, kind: "execute" })).toBe("disabled");
  });
});

describe("a fence or a locked instruction", () => {
  it.each(["mfence", "xchg %ax, 2000", "fetchadd %ax, 2000", "cmpxchg %bx, 2000"])(
    "%s executes only with its own buffer empty",
    (instruction) => {
      const state = stateAfter(`mov $1, 3000\n${instruction}\nhalt\n`, "0");
      expect(moves(state)).toBe("0! 1");
      step(state, { thread: 0, kind: "drain" });
      expect(moves(state)).toBe("0 1");
    },
  );

  it("does not wait for the buffers of others", () => {
    expect(moves(stateAfter("mov $1, 3000\nmfence\nhalt\n", "0 1 0!"))).toBe("0 1!");
  });

  it("reads and writes memory in one transition", () => {
    const state = stateAfter(".var lock\nmov $1, %ax\nxchg %ax, lock\nhalt\n", "0*2 1*2");
    expect(describeState(state).threads.map((t) => t.registers["ax"])).toEqual([0, 1]);
  });
});

/** A random walk, told by numbers from 0 to 1, of at most 60 transitions; visits each state before it moves on. */
function walk(
  state: State,
  choices: readonly number[],
  visit: (state: State, move: ReturnType<typeof enabled>[number]) => void,
): void {
  for (const choice of choices) {
    const possible = enabled(state);
    if (!possible.length) return;
    visit(state, possible[Math.floor(choice * possible.length)]!);
  }
}

const choices = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 60 });

describe("the machine's laws", () => {
  it("same program, start and schedule: same states, always", () => {
    fc.assert(
      fc.property(programText, choices, (text, random) => {
        const one = stateAfter(text, "");
        const other = stateAfter(text, "");
        walk(one, random, (state, move) => {
          expect(step(state, move)).toEqual(step(other, move));
          expect(equalStates(state, other)).toBe(true);
          expect(digest(state)).toBe(digest(other));
        });
      }),
    );
  });

  it("a copy is equal and independent", () => {
    fc.assert(
      fc.property(programText, choices, (text, random) => {
        const state = stateAfter(text, "");
        walk(state, random, (s, move) => {
          const copy = copyState(s);
          expect(equalStates(copy, s)).toBe(true);
          if (step(s, move) === undefined) expect(digest(copy)).not.toBe(digest(s));
        });
      }),
      { numRuns: 50 },
    );
  });

  it("TSO with a drain after each store is SC", () => {
    fc.assert(
      fc.property(programText, choices, (text, random) => {
        const tso = stateAfter(text, "");
        const sc = stateAfter(text, "", "sc");
        walk(sc, random, (state, move) => {
          step(state, move);
          step(tso, move);
          step(tso, { thread: move.thread, kind: "drain" });
          expect(describeState(tso)).toEqual({ ...describeState(state), model: "tso" });
        });
      }),
    );
  });
});
