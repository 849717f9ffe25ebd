import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { executionDot } from "../../core/execution/dot.ts";
import { type Execution, executionOf } from "../../core/execution/execution.ts";
import { edgesOf, type Relation } from "../../core/execution/relations.ts";
import { storyOf } from "../../core/execution/story.ts";
import { copyState, type Model, type State } from "../../core/machine/state.ts";
import { enabled, step } from "../../core/machine/transition.ts";
import { append, createLog, type ScheduleLog, wordOf } from "../../core/schedule/log.ts";
import { parseSchedule } from "../../core/schedule/text.ts";
import { randomProgram, startOf } from "../explore/programs.ts";
import { STORE_BUFFERING } from "../support/programs.ts";

const BX = 2;

/** Thread 1 runs the second part. */
const startSb = (model: Model): State =>
  startOf(STORE_BUFFERING, { model, registers: [[[BX, 0]], [[BX, 1]]] });

const follow = (from: State, schedule: string): Execution => executionOf(from, parseSchedule(schedule).log);

/** `T0 W x=1` */
const told = ({ events }: Execution, { program }: State): string[] =>
  events.map(({ thread, kind, address, value }) => {
    const name = program.variables.find((v) => v.address === address)?.name ?? address;
    return `T${thread} ${kind === "read" ? "R" : "W"} ${name}=${value}`;
  });

const related = (execution: Execution, relation: Relation): string[] =>
  edgesOf(execution)
    .filter((e) => e.relation === relation)
    .map((e) => `${e.from}→${e.to}`);

describe("The execution of a schedule", () => {
  test("is the reads and writes in the order in which they were executed", () => {
    const from = startSb("tso");
    const execution = follow(from, "0*3 1*3 0*2 1*2 0! 1!");
    expect(told(execution, from)).toEqual(["T0 W x=1", "T1 W y=1", "T0 R y=0", "T1 R x=0"]);
  });

  test("of store buffering under TSO is the cycle po fr po fr, as in every paper", () => {
    const execution = follow(startSb("tso"), "0*3 1*3 0*2 1*2 0! 1!");
    expect(related(execution, "po")).toEqual(["0→2", "1→3"]);
    expect(related(execution, "fr")).toEqual(["2→1", "3→0"]);
    expect(related(execution, "rf")).toEqual([]);
  });

  test("has a read take its value from the own store that waits, though memory has another", () => {
    const text = ".var x\nmov $1, x\nmov x, %ax\nhalt\n";
    expect(related(follow(startOf(text, { model: "tso" }), "0 0 0 0!"), "rf")).toEqual(["0→1"]);
  });

  test("orders the writes to a cell as they reach memory, not as they were executed", () => {
    const text = ".var x\nmov $1, x\nhalt\n";
    expect(related(follow(startOf(text, { model: "tso" }), "0 1 1! 0! 0 1"), "co")).toEqual(["1→0"]);
  });

  test("makes a read and a write of a locked instruction, and only a read of a compare-and-exchange that fails", () => {
    const text = ".var x\nfetchadd %bx, x\nmov $5, %ax\ncmpxchg %bx, x\nhalt\n";
    const from = startOf(text, { model: "sc", threads: 1 });
    const execution = follow(from, "0*3");
    expect(told(execution, from)).toEqual(["T0 R x=0", "T0 W x=0", "T0 R x=0"]);
    expect(related(execution, "rmw")).toEqual(["0→1"]);
    expect(related(execution, "fr")).toEqual([]);
  });

  test("notes the fence that a thread passed between two events", () => {
    const text = ".var x\nmov $1, x\nmfence\nmov x, %ax\nhalt\n";
    const { events } = follow(startOf(text, { model: "tso", threads: 1 }), "0 0! 0 0 0");
    expect(events.map((e) => e.fence)).toEqual([undefined, "mfence"]);
  });

  test("ends where the schedule cannot be followed, and where there are more events than wanted", () => {
    const from = startSb("sc");
    expect(follow(from, "0*3 0! 0*2").events.length).toBe(1);
    const { events, cut } = executionOf(from, parseSchedule("0*5 1*5").log, 2);
    expect([events.length, cut]).toEqual([2, true]);
  });

  test("does not change the start", () => {
    const from = startSb("tso");
    follow(from, "0*5 0!");
    expect([...from.pc]).toEqual([0, 0]);
  });
});

/** A walk that takes, at each state, one of the transitions that are possible there. */
function walk(from: State, choices: readonly number[]): ScheduleLog {
  const state = copyState(from);
  const log = createLog();
  for (const choice of choices) {
    const possible = enabled(state);
    const transition = possible[choice % Math.max(1, possible.length)];
    if (!transition || step(state, transition)) break;
    append(log, wordOf(transition.thread, transition.kind));
  }
  return log;
}

describe("In every execution", () => {
  const walks = fc.tuple(randomProgram(6), fc.array(fc.nat({ max: 1000 }), { maxLength: 60 }));

  test("of SC, every edge goes forward, so that program order and communication have no cycle", () => {
    fc.assert(
      fc.property(walks, ([{ text, threads }, choices]) => {
        const from = startOf(text, { model: "sc", threads });
        const execution = executionOf(from, walk(from, choices));
        expect(edgesOf(execution).filter((e) => e.from >= e.to)).toEqual([]);
      }),
    );
  });

  test("of TSO, a read has the value of the write that it reads from", () => {
    fc.assert(
      fc.property(walks, ([{ text, threads }, choices]) => {
        const from = startOf(text, { model: "tso", threads });
        const { events, source } = executionOf(from, walk(from, choices));
        for (const [read, write] of source) {
          expect(events[read]!.address).toBe(events[write]!.address);
          expect(events[read]!.value).toBe(events[write]!.value);
        }
      }),
    );
  });
});

describe("The story of a schedule", () => {
  test("tells who writes, what waits, and who reads what from whom", () => {
    const story = storyOf(startSb("tso"), parseSchedule("0*3 0! 1*5").log, 20);
    expect(story.map((h) => h.message)).toEqual([
      "T0 writes x = 1 into its store buffer",
      "T0's x = 1 reaches memory",
      "T1 writes y = 1 into its store buffer",
      "T1 reads x = 1, T0's",
    ]);
  });

  test("keeps the end when it is too long", () => {
    const story = storyOf(startSb("sc"), parseSchedule("0*5 1*5").log, 1);
    expect(story.map((h) => h.message)).toEqual(["T1 reads x = 1, T0's"]);
  });
});

describe("The graph in Graphviz's language", () => {
  test("has a column a thread, a node an event and an edge a relation", () => {
    const from = startSb("tso");
    const dot = executionDot(from.program, follow(from, "0*3 1*3 0*2 1*2 0! 1!"));
    expect(dot).toContain('e0 [label="a: W x = 1"');
    expect(dot).toContain('e2 -> e1 [label="fr"');
    expect(dot).toContain('t1 [label="Thread 1"');
  });

  test("quotes what a program's name may hold", () => {
    const from = startSb("sc");
    const dot = executionDot({ ...from.program, name: 'a"\\b' }, follow(from, "0"));
    expect(dot).toContain('digraph "a\\"\\\\b"');
  });
});
