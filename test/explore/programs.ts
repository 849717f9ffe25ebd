import fc from "fast-check";
import { assemble } from "../../core/asm/assemble.ts";
import { parse } from "../../core/asm/parse.ts";
import type { Program } from "../../core/machine/program.ts";
import { type Model, type StartOptions, type State, start } from "../../core/machine/state.ts";

/** Assembles a text that has no errors. */
export function program(text: string): Program {
  const { program, diagnostics } = assemble(parse(text));
  if (!program) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return program;
}

/** The start of a program given as text; a small memory keeps copies cheap. */
export const startOf = (text: string, options: StartOptions): State =>
  start(program(text), { bufferCapacity: 8, memorySize: 4, ...options });

export interface RandomProgram {
  readonly text: string;
  readonly threads: number;
}

const variable = fc.constantFrom("x", "y");
const register = fc.constantFrom("%ax", "%bx");
const small = fc.integer({ min: 0, max: 2 });

/** One instruction; `%s` stands for a label of the same thread. */
const instruction: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(small, variable).map(([n, v]) => `mov $${n}, ${v}`) },
  { weight: 6, arbitrary: fc.tuple(variable, register).map(([v, r]) => `mov ${v}, ${r}`) },
  { weight: 3, arbitrary: fc.tuple(register, variable).map(([r, v]) => `mov ${r}, ${v}`) },
  { weight: 1, arbitrary: fc.tuple(small, register).map(([n, r]) => `mov $${n}, ${r}`) },
  { weight: 1, arbitrary: register.map((r) => `add $1, ${r}`) },
  { weight: 1, arbitrary: fc.constant("mov 0(%cx), %ax") },
  { weight: 1, arbitrary: fc.constant("mov %ax, 100(%cx)") },
  { weight: 1, arbitrary: fc.constant("mov $100, %cx") },
  { weight: 2, arbitrary: fc.tuple(register, variable).map(([r, v]) => `xchg ${r}, ${v}`) },
  { weight: 1, arbitrary: fc.tuple(register, variable).map(([r, v]) => `fetchadd ${r}, ${v}`) },
  { weight: 1, arbitrary: fc.tuple(register, variable).map(([r, v]) => `cmpxchg ${r}, ${v}`) },
  { weight: 2, arbitrary: fc.constant("mfence") },
  {
    weight: 3,
    arbitrary: fc
      .tuple(small, register, fc.constantFrom("je", "jne", "jgt"))
      .map(([n, r, j]) => `test $${n}, ${r}\n${j} %s`),
  },
  { weight: 1, arbitrary: fc.constant("push %ax") },
  { weight: 1, arbitrary: fc.constant("pop %bx") },
);

/** Programs of two or three threads with loops, fences and locked instructions: thread t runs the part that `%dx` = t sends it to. */
export const randomProgram = (longest: number): fc.Arbitrary<RandomProgram> =>
  fc
    .array(fc.array(fc.tuple(instruction, fc.nat()), { minLength: 1, maxLength: longest }), {
      minLength: 1,
      maxLength: 3,
    })
    .chain((parts) =>
      fc.record({
        parts: fc.constant(parts),
        threads: fc.integer({ min: 2, max: parts.length > 2 ? 3 : 2 }),
      }),
    )
    .map(({ parts, threads }) => ({ text: write(parts), threads }));

function write(parts: readonly (readonly (readonly [string, number])[])[]): string {
  const lines = [".var x", ".var y"];
  for (let t = 1; t < parts.length; t++) lines.push(`test $${t}, %dx`, `je .p${t}_0`);
  for (const [t, part] of parts.entries()) {
    for (const [i, [text, choice]] of part.entries()) {
      lines.push(`.p${t}_${i}`, text.replace("%s", `.p${t}_${choice % (part.length + 1)}`));
    }
    lines.push(`.p${t}_${part.length}`, "halt");
  }
  return lines.join("\n");
}

/** Start of a random program; where it has one part, its threads are alike. */
export const startRandom = ({ text, threads }: RandomProgram, model: Model, bufferCapacity: number): State =>
  startOf(text, {
    model,
    threads,
    bufferCapacity,
    registers: text.includes("%dx") ? Array.from({ length: threads }, (_, t) => [[4, t]] as const) : [],
  });
