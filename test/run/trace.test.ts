import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { load } from "../../core/load/load.ts";
import { copyState, digest, equalStates, type State, start } from "../../core/machine/state.ts";
import { enabled } from "../../core/machine/transition.ts";
import { lengthOf } from "../../core/run/branches.ts";
import { parseRecording, recordingHeader, recordLog } from "../../core/run/recording.ts";
import { replay } from "../../core/run/replay.ts";
import { createTrace, type Edit, edit, goTo, returnTo, type Trace, take } from "../../core/run/trace.ts";
import { programText } from "../support/programs.ts";

const startOf = (text: string): State => {
  const { program } = load(text, { name: "test.s", values: {}, runLine: false });
  return start(program!, { model: "tso", threads: 2 });
};

/** What a person does: takes an enabled transition (a number chooses which) or edits. */
const action = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 0.999, noNaN: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Edit>(
      { kind: "register", thread: 1, register: 2, value: 7 },
      { kind: "memory", address: 100, value: 3 },
      { kind: "flags", thread: 0, value: 0b100101 },
    ),
  },
);

/** Does what a person does, as far as it is possible. */
function follow(trace: Trace, actions: readonly (number | Edit)[]): void {
  for (const a of actions) {
    const possible = enabled(trace.state);
    if (typeof a !== "number") edit(trace, a);
    else if (possible.length > 0) take(trace, possible[Math.floor(a * possible.length)]!);
  }
}

function traceOf(text: string, actions: readonly (number | Edit)[]) {
  const trace = createTrace(startOf(text));
  const states: State[] = [copyState(trace.state)];
  for (const a of actions) {
    const possible = enabled(trace.state);
    if (typeof a !== "number") edit(trace, a);
    else if (possible.length === 0 || take(trace, possible[Math.floor(a * possible.length)]!)) continue;
    states.push(copyState(trace.state));
  }
  return { trace, states };
}

describe("a trace", () => {
  it("goes to any index: registers, flags, memory, buffers and all", () => {
    fc.assert(
      fc.property(
        programText,
        fc.array(action, { maxLength: 80 }),
        fc.array(fc.nat(80)),
        (text, actions, jumps) => {
          const { trace, states } = traceOf(text, actions);
          for (const jump of jumps) {
            const index = jump % states.length;
            goTo(trace, index);
            expect(equalStates(trace.state, states[index]!)).toBe(true);
          }
        },
      ),
    );
  });

  it("undoes a step by going back one", () => {
    fc.assert(
      fc.property(programText, fc.array(action, { minLength: 1, maxLength: 40 }), (text, actions) => {
        const { trace, states } = traceOf(text, actions);
        for (let i = trace.log.length - 1; i >= 0; i--) {
          goTo(trace, i);
          expect(digest(trace.state)).toBe(digest(states[i]!));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("crosses checkpoints in a long run", () => {
    const trace = createTrace(startOf(".var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nj .top\n"));
    const digests = new Map<number, string>();
    for (let i = 1; i <= 100_000; i++) {
      take(trace, {
        thread: i % 3 === 0 ? 1 : 0,
        kind: i % 4 === 0 && trace.state.buffers[i % 3 === 0 ? 1 : 0]!.count ? "drain" : "execute",
      });
      if (i % 9_999 === 0) digests.set(i, digest(trace.state));
    }
    for (const [index, expected] of [...digests].reverse()) {
      goTo(trace, index);
      expect(digest(trace.state)).toBe(expected);
    }
  });

  it("keeps the future as a branch when another transition is taken in the past", () => {
    const { trace } = traceOf(".var x\nmov $1, x\nhalt\n", [0, 0, 0]);
    goTo(trace, 1);
    take(trace, { thread: 1, kind: "execute" });
    expect(trace.log.length).toBe(2);
    expect([...trace.branches.kept.values()].map((b) => [b.id, b.parent, b.fork, lengthOf(b)])).toEqual([
      [1, 2, 1, 3],
    ]);
    expect(returnTo(trace, 1)).toBe(1);
    expect([trace.index, trace.branches.present]).toEqual([3, 1]);
    expect(returnTo(trace, 7)).toBeUndefined();
  });

  it("comes back to every branch as it was left, whichever way it is reached", () => {
    const choices = fc.array(action, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        programText,
        fc.array(fc.record({ back: fc.nat(12), branch: fc.nat(6), choices }), { maxLength: 8 }),
        (text, visits) => {
          const trace = createTrace(startOf(text));
          const left = new Map<number, string[]>();
          const way = () =>
            Array.from({ length: trace.log.length + 1 }, (_, i) => {
              goTo(trace, i);
              return digest(trace.state);
            });
          for (const { back, branch, choices: chosen } of visits) {
            returnTo(trace, branch);
            goTo(trace, Math.max(0, trace.log.length - back));
            const [before, { present }] = [way(), trace.branches];
            left.set(present, before);
            goTo(trace, Math.max(0, trace.log.length - back));
            follow(trace, chosen);
            left.set(trace.branches.present, way());
            for (const [id, digests] of left) {
              returnTo(trace, id);
              expect(way()).toEqual(digests);
            }
          }
        },
      ),
    );
  });

  it("keeps the checkpoints of a branch, and shares the events before its fork", () => {
    const trace = createTrace(startOf(".var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nj .top\n"));
    for (let i = 0; i < 100_000; i++) take(trace, { thread: 0, kind: "execute" });
    const end = digest(trace.state);
    goTo(trace, 70_000);
    for (let i = 0; i < 30_000; i++) take(trace, { thread: 1, kind: "execute" });
    expect(trace.branches.kept.get(1)!.tail.words).toHaveLength(30_000);
    expect(trace.branches.kept.get(1)!.tail.checkpoints).toHaveLength(1);
    const other = digest(trace.state);
    returnTo(trace, 1);
    expect(digest(trace.state)).toBe(end);
    goTo(trace, 10);
    returnTo(trace, 2);
    expect(digest(trace.state)).toBe(other);
  });
});

describe("a recording", () => {
  const record = (text: string, actions: readonly (number | Edit)[]) => {
    const { trace, states } = traceOf(text, actions);
    const header = recordingHeader("test.s", text, "tso", { threads: 2 });
    return {
      text: recordLog(header, trace.log, trace.edits, (event) => states[event]!),
      last: states.at(-1)!,
    };
  };

  it("replays as the run it was made from", () => {
    fc.assert(
      fc.property(programText, fc.array(action, { maxLength: 60 }), (text, actions) => {
        const { text: written, last } = record(text, actions);
        const parsed = parseRecording(written);
        if ("error" in parsed) throw new Error(parsed.error);
        const state = startOf(text);
        expect(replay(parsed.recording, state, startOf(text))).toBeUndefined();
        expect(equalStates(state, last)).toBe(true);
      }),
    );
  });

  it("tells where a changed program first differs, and how", () => {
    const text = ".var x\nmov $1, x\nmov $2, x\nhalt\n";
    const parsed = parseRecording(record(text, [0, 0, 0]).text);
    if ("error" in parsed) throw new Error(parsed.error);
    const changed = startOf(".var x\nmov $1, x\nmov $3, x\nhalt\n");
    expect(replay(parsed.recording, changed, startOf(text))).toEqual({
      index: 1,
      thread: 0,
      recorded: "T0 executes `mov $2, x`",
      came: "T0 executes `mov $3, x`",
    });
  });

  it("tells when its digests are not those of the run", () => {
    const text = ".var x\nmov $1, x\nhalt\n";
    const damaged = record(text, [0, 0, 0]).text.replace(/"digest":"./, '"digest":"z');
    const parsed = parseRecording(damaged);
    if ("error" in parsed) throw new Error(parsed.error);
    expect(replay(parsed.recording, startOf(text), startOf(text))).toMatchObject({ index: 3 });
  });

  it("is refused with one sentence when it is cut off anywhere, or is something else", () => {
    const { text } = record(".var x\nmov $1, x\nhalt\n", [
      0,
      { kind: "memory", address: 100, value: 3 },
      0,
      0,
    ]);
    for (let end = 0; end < text.length - 1; end++) {
      expect(parseRecording(text.slice(0, end)), text.slice(0, end)).toMatchObject({
        error: expect.any(String),
      });
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (noise) => {
        expect(parseRecording(noise)).toMatchObject({ error: expect.any(String), line: 1 });
      }),
    );
  });
});
