import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BACKENDS, BARRIERS, compareWithModels, isAlarm, runOnHardware } from "../../hardware/index.ts";
import { programText } from "../support/programs.ts";
import { hindrance } from "./hindrance.ts";
import { briefly, testOf } from "./support.ts";
import { tso } from "./tso.ts";

/** Outcomes that were seen, as texts. */
const outcomesOf = (result: { readonly outcomes: readonly { readonly values: readonly number[] }[] }) =>
  result.outcomes.map((o) => o.values.join(" "));

const SB = (fence: string): string =>
  `#@ run -t 2 -a bx=0,bx=1
.var x
.var y
test $1, %bx
je .second
mov $1, x
${fence}
mov y, %ax
halt
.second
mov $1, y
${fence}
mov x, %ax
halt`;

const MP = `#@ run -t 2 -a bx=0,bx=1
.var data
.var flag
test $1, %bx
je .reader
mov $1, data
mov $1, flag
halt
.reader
mov flag, %ax
mov data, %cx
halt`;

const COUNTER = `#@ run -t 2
.var count
mov $10, %bx
.top
mov $1, %ax
fetchadd %ax, count
sub $1, %bx
test $0, %bx
jgt .top
halt`;

/** Milliseconds; a machine that does other work, too, may need them. */
const PATIENCE = 60_000;

describe.each(BACKENDS)("On the processor, back end %s", { timeout: PATIENCE }, (backend) => {
  const reason = hindrance(backend);
  if (reason !== undefined) {
    test.skip(`nothing can be run here: ${reason}`);
    return;
  }
  const run = (text: string, ...registers: string[]) =>
    runOnHardware(testOf(text, ...registers), briefly(backend));

  test("SB shows that both loads can overtake the stores", async () => {
    const result = await run(SB("nop"), "0:ax", "1:ax");
    expect(result).toMatchObject({ runs: 20_000, end: "done", faulty: 0, stuck: 0 });
    expect(outcomesOf(result)).toContain("1 1 0 0");
  });

  test("SB with fences shows it never", async () => {
    expect(outcomesOf(await run(SB("mfence"), "0:ax", "1:ax"))).not.toContain("1 1 0 0");
  });

  test.each(BARRIERS)(
    "as many runs are made as are wanted, in batches of any size (barrier %s)",
    async (barrier) => {
      const result = await runOnHardware(
        testOf(SB("mfence")),
        briefly(backend, { runs: 1_234, batch: 100, barrier }),
      );
      expect(result).toMatchObject({
        runs: 1_234,
        end: "done",
        outcomes: [{ values: [1, 1], count: 1_234 }],
      });
    },
  );

  test("MP never shows the flag without the data", async () => {
    expect(outcomesOf(await run(MP, "1:ax", "1:cx"))).not.toContain("1 1 1 0");
  });

  test("an atomic counter loses nothing", async () => {
    expect(outcomesOf(await run(COUNTER))).toEqual(["20"]);
  });

  test("a spin lock keeps threads apart", async () => {
    expect(outcomesOf(await run(readFileSync("examples/test-and-set.s", "utf8")))).toEqual(["0 2"]);
  });

  test("routines are called on stacks in memory", async () => {
    expect(outcomesOf(await run(readFileSync("examples/routine.s", "utf8")))).toEqual(["0 4"]);
  });

  test("runs that do not end are got out of, counted, and located", async () => {
    const result = await run(
      "#@ run -t 2 -a bx=0,bx=1\n.var x\n.wait\ntest $1, %bx\nje .wait\nmov $1, x\nhalt",
    );
    expect(result.end).toBe("stuck");
    expect(result.stuck).toBeGreaterThan(0);
    expect(result.places).toEqual([{ thread: 1, operation: 0, count: expect.any(Number) }]);
  });

  test.each([
    ["an address without memory", "#@ run -t 1\n.var x\nmov $90000000, %ax\nmov (%ax), %bx\nhalt", 1],
    ["a return without a call", "#@ run -t 1\n.var x\nret\nhalt", 0],
    ["the end of the code", "#@ run -t 1\n.var x\nmov $1, x\n", 1],
    [
      "a result of more than 64 bits",
      "#@ run -t 1\n.var x\nmov $9223372036854775807, %ax\nadd $1, %ax\nhalt",
      1,
    ],
    [
      "an address of more than 64 bits",
      "#@ run -t 1\n.var x\nmov $9223372036854775807, %ax\nlea 1(%ax), %bx\nhalt",
      1,
    ],
    [
      "a scaled index of more than 64 bits",
      "#@ run -t 1\n.var x\nmov $2305843009213693952, %ax\nmov 100(,%ax,8), %bx\nhalt",
      1,
    ],
  ])("%s ends a run with a fault", async (_, text, operation) => {
    const result = await run(text);
    expect(result).toMatchObject({ outcomes: [], faulty: 20_000 });
    expect(result.faults).toEqual([{ thread: 0, operation, count: 20_000 }]);
  });

  test("addresses are computed as the model does it", async () => {
    const text = `#@ run -t 1 -a bx=2
.var array 4
mov $7, 100(,%bx,4)
lea array, %cx
mov %cx, %sp
add $12, %sp
push %bx
pop %dx
add %bx, %cx
mov 8(%cx,%bx,1), %ax
mov $-9000000000, %ex
mov 9000000114(%ex,%bx,-3), %fx
test $0, %dx
lea 9000000000(%ex), %ex
jne .taken
mov $0, %cx
.taken
push 4(%sp)
halt`;
    const test = testOf(text, ...["ax", "cx", "dx", "ex", "fx", "sp"].map((name) => `0:${name}`));
    const result = await runOnHardware(test, briefly(backend, { runs: 10 }));
    expect(compareWithModels(result, [tso(test)]).map((row) => [row.allowed, row.seen])).toEqual([
      [[true], 10],
    ]);
  });

  test("programs of one thread end as the model says, and of two as TSO allows", {
    timeout: 60_000,
  }, async () => {
    for (const threads of [1, 2]) {
      for (const text of fc.sample(programText, { numRuns: 10, seed: threads })) {
        const names = ["ax", "bx", "cx", "dx", "ex", "sp"];
        const registers = names.flatMap((name) => Array.from({ length: threads }, (_, t) => `${t}:${name}`));
        const test = testOf(`#@ run -t ${threads}\n${text}`, ...registers);
        const result = await runOnHardware(test, briefly(backend, { runs: 1000 }));
        expect(result).toMatchObject({ end: "done", faulty: 0, stuck: 0 });
        const rows = compareWithModels(result, [tso(test)]);
        expect(rows.filter(isAlarm), text).toEqual([]);
        if (threads === 1) expect(rows.filter((row) => row.seen > 0)).toHaveLength(1);
      }
    }
  });
});
