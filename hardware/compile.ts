import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Backend, emitC } from "./emit.ts";
import { HardwareFailure } from "./failure.ts";
import { bounded, startGroup } from "./process.ts";
import type { HardwareTest } from "./test.ts";
import type { Workshop } from "./workshop.ts";

const COMPILE_MS = 60_000;

/** The virtual machine needs code and data below 4 GB, and code that calls no library on its own account. */
export const COMPILER_FLAGS: readonly string[] = [
  ...["-std=gnu11", "-O2", "-no-pie", "-fno-pie", "-pthread"],
  ...["-fno-builtin", "-fno-stack-protector", "-fno-tree-loop-distribute-patterns"],
];

/** Compiles a test in a workshop; returns the program's file. */
export async function compile(
  compiler: string,
  test: HardwareTest,
  backend: Backend,
  { folder, employ }: Workshop,
  signal: AbortSignal | undefined,
): Promise<string> {
  const source = path.join(folder, "test.c");
  const program = path.join(folder, "test");
  writeFileSync(source, emitC(test, backend));
  const env = { ...process.env, TMPDIR: folder };
  const group = startGroup(compiler, [...COMPILER_FLAGS, source, "-o", program], { env });
  if (group.child.pid !== undefined) employ(group.child.pid);
  const { code } = await bounded(group, COMPILE_MS, signal, "SIGKILL");
  if (code === 0) return program;
  throw new HardwareFailure(`${compiler} could not compile the test:\n${group.complaints().trim()}`);
}
