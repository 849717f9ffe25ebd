import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { declaredCells } from "../core/check/locations.ts";
import { load } from "../core/load/load.ts";
import { start } from "../core/machine/state.ts";
import { COMPILER_FLAGS } from "../hardware/compile.ts";
import {
  BACKENDS,
  type Backend,
  emitC,
  HardwareFailure,
  hardwareTest,
  requireMachine,
} from "../hardware/index.ts";
import { temporaryFolder } from "./folder.ts";
import type { Benchmark } from "./harness.ts";
import { hasLitmus7, litmus7Program } from "./litmus7.ts";

const RUNS = 3_000_000;

const storeBuffering = (fence: string): string => `#@ run -t 2 -a bx=0,bx=1
.var x
.var y
.var first
.var second
test $1, %bx
je .second
mov $1, x
${fence}
mov y, %ax
mov %ax, first
halt
.second
mov $1, y
${fence}
mov x, %ax
mov %ax, second
halt
`;

/** Whether a back end can be measured here. */
function isPossible(backend: Backend): boolean {
  try {
    requireMachine(backend);
    return true;
  } catch (error) {
    if (error instanceof HardwareFailure) return false;
    throw error;
  }
}

/** A compiled test; running it returns how many of so many runs ended as SC does not allow. */
function compiled(text: string, backend: Backend): (runs: number) => number {
  const { program, configuration } = load(text, { name: "bench", values: {}, runLine: true });
  const test = hardwareTest(
    start(program!, { ...configuration!.start, model: "sc" }),
    declaredCells(program!),
  );
  if ("refused" in test) throw new Error(test.refused[0]!.message);
  const folder = temporaryFolder();
  const [source, binary] = [path.join(folder, "test.c"), path.join(folder, "test")];
  writeFileSync(source, emitC(test, backend));
  const { status, stderr } = spawnSync(requireMachine(backend), [...COMPILER_FLAGS, source, "-o", binary]);
  if (status !== 0) throw new Error(String(stderr));
  return (runs) => {
    const { stdout } = spawnSync(binary, [String(runs), "1000", "tsc", "600", "0,1"], { encoding: "utf8" });
    const last = stdout.slice(stdout.lastIndexOf("so-far"));
    if (!last.includes(" done\n")) throw new Error(`the test did not come to its end: ${last}`);
    return Number(/^outcome (\d+) 1 1 0 0$/m.exec(last)?.[1] ?? 0);
  };
}

const LITMUS = `X86 SB
{ x=0; y=0; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;

const LITMUS7 = {
  all: "SB on the processor, litmus7",
  beyondSc: "SB on the processor, litmus7, what SC forbids",
};

const peer = (name: string) => ({ name, of: "Running SB on the processor, against litmus7" });

/** What litmus7 makes of the same test, where it is installed. */
function litmus7(): Benchmark[] {
  if (!hasLitmus7()) return [];
  const program = litmus7Program("SB", LITMUS);
  const [unit, clock] = ["runs", "wall"] as const;
  const run = (): void => void program(RUNS / 1000);
  return [
    { name: LITMUS7.all, amount: RUNS, unit, clock, run },
    { name: LITMUS7.beyondSc, amount: program(RUNS / 1000), unit, clock, run },
  ];
}

const ours = BACKENDS.filter(isPossible).flatMap((backend): Benchmark[] => {
  const plain = compiled(storeBuffering("nop"), backend);
  const fenced = compiled(storeBuffering("mfence"), backend);
  return [
    {
      name: `SB on the processor, ${backend}`,
      peer: peer(LITMUS7.all),
      amount: RUNS,
      unit: "runs",
      clock: "wall",
      run: () => void plain(RUNS),
    },
    {
      name: `SB on the processor, ${backend}, what SC forbids`,
      peer: peer(LITMUS7.beyondSc),
      amount: plain(RUNS),
      unit: "runs",
      clock: "wall",
      run: () => void plain(RUNS),
    },
    {
      name: `SB with mfences on the processor, ${backend}`,
      amount: RUNS,
      unit: "runs",
      clock: "wall",
      run: () => {
        const wrong = fenced(RUNS);
        if (wrong > 0) throw new Error(`${wrong} of ${RUNS} runs ended as TSO does not allow`);
      },
    },
  ];
});

export default [...ours, ...litmus7()];
