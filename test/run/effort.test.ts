import { describe, expect, it } from "vitest";
import { load } from "../../core/load/load.ts";
import { createEffortMeter, type Effort } from "../../core/run/effort.ts";
import { advance, createRun } from "../../core/run/run.ts";

/** What the instructions of a whole run were for. */
function effortOf(text: string): Effort {
  const { program, configuration } = load(text, { name: "p.s", values: {}, runLine: true });
  const run = createRun(program!, configuration!);
  const meter = createEffortMeter(run.state);
  advance(run, 10_000, { each: true, drained() {}, ...meter });
  return meter.effort;
}

/** T0 sets the flag in its second turn of 6 instructions. In its first, T1 begins to go round: three instructions a round. */
const WAIT = `#@ run -i 6 -a bx=0,bx=1
.var flag
test $1, %bx
je .wait
nop
nop
nop
nop
nop
nop
mov $1, flag
halt
.wait
mov flag, %ax
test $1, %ax
jne .wait
halt
`;

describe("The effort of a run", () => {
  it("counts the rounds after which a thread is where it was as spinning, and no others", () => {
    const { spinning, interrupts } = effortOf(WAIT);
    // The first round reads the flag into a register, the second one changes nothing, the third one sees it set.
    expect(spinning).toEqual([0, 3]);
    expect(interrupts).toBe(3);
  });

  it("takes an exchange that changes nothing for spinning, too, and no counting loop", () => {
    const lock = ".var lock\n.top\nmov $1, %ax\nxchg %ax, lock\ntest $0, %ax\njne .top\n.never\nj .top\n";
    const { spinning, locked } = effortOf(`#@ run -t 1\n${lock}`);
    expect(locked).toBeGreaterThan(1000);
    expect(spinning[0]).toBeGreaterThan(9000);
    const counting = "#@ run -t 1 -a bx=100\n.top\nsub $1, %bx\ntest $0, %bx\njne .top\nhalt\n";
    expect(effortOf(counting)).toMatchObject({ spinning: [0], locked: 0 });
  });

  it("takes no round with a store for spinning", () => {
    const { spinning } = effortOf("#@ run -t 1\n.var x\n.top\nmov $1, x\nj .top\n");
    expect(spinning).toEqual([0]);
  });

  it("counts the times that a thread gave up the processor", () => {
    expect(effortOf("#@ run -t 2\nyield\nyield\nhalt\n")).toMatchObject({ yields: 4 });
  });
});
