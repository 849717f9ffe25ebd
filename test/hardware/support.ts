import type { Location } from "../../core/check/check.ts";
import { declaredCells } from "../../core/check/locations.ts";
import { registerNumber } from "../../core/isa/registers.ts";
import { start } from "../../core/machine/state.ts";
import type { Diagnostic } from "../../core/text/diagnostic.ts";
import { type Backend, type HardwareOptions, type HardwareTest, hardwareTest } from "../../hardware/index.ts";
import { runOf } from "../support/run.ts";

/** A test of a text under its `#@ run` line: observed are its variables, and registers such as `0:ax`. */
export function testOrRefusals(
  text: string,
  ...registers: string[]
): HardwareTest | { readonly refused: readonly Diagnostic[] } {
  const { program, threadCount, registers: values } = runOf(text).state;
  const count = program.registers.length;
  const lists = Array.from({ length: threadCount }, (_, t) =>
    [...values.subarray(t * count, (t + 1) * count)].map((value, r) => [r, value] as const),
  );
  const first = start(program, { model: "sc", threads: threadCount, registers: lists });
  const named = registers.map((name): Location => {
    const [thread, register] = name.split(":") as [string, string];
    return { kind: "register", thread: Number(thread), register: registerNumber(register) };
  });
  return hardwareTest(first, [...declaredCells(program), ...named]);
}

/** The same for a text that must not be refused. */
export function testOf(text: string, ...registers: string[]): HardwareTest {
  const test = testOrRefusals(text, ...registers);
  if ("refused" in test) throw new Error(test.refused.map((d) => d.message).join("; "));
  return test;
}

/** Few runs, so that a busy machine is done with them soon. */
export const briefly = (backend: Backend, more: Partial<HardwareOptions> = {}): HardwareOptions => ({
  backend,
  runs: 20_000,
  barrier: "tsc",
  seconds: 20,
  ...more,
});
