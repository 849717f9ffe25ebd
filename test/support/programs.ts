import fc from "fast-check";

/** Store buffering: the thread whose `%bx` is 1 runs `.second`, the other one what is before it. */
export const STORE_BUFFERING = `.var x
.var y
test $1, %bx
je .second
mov $1, x
mov y, %ax
halt
.second
mov $1, y
mov x, %ax
halt
`;

const registers = ["ax", "bx", "cx", "dx"];
const variables = ["x", "y", "z"];

const register = fc.constantFrom(...registers).map((r) => `%${r}`);
const immediate = fc.integer({ min: -2, max: 3 }).map((n) => `$${n}`);
const source = fc.oneof(register, immediate);
const cell = fc.constantFrom(...variables);

const instruction = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(source, cell).map(([s, v]) => `mov ${s}, ${v}`) },
  { weight: 4, arbitrary: fc.tuple(cell, register).map(([v, r]) => `mov ${v}, ${r}`) },
  { weight: 2, arbitrary: fc.tuple(source, register).map(([s, r]) => `mov ${s}, ${r}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("add", "sub", "mul"), source, register)
      .map((p) => `${p[0]} ${p[1]}, ${p[2]}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("xchg", "fetchadd", "cmpxchg"), register, cell)
      .map((p) => `${p[0]} ${p[1]}, ${p[2]}`),
  },
  { weight: 1, arbitrary: fc.constantFrom("mfence", "yield", "nop", "neg %ax") },
  { weight: 1, arbitrary: register.map((r) => `push ${r}`) },
  { weight: 1, arbitrary: register.map((r) => `lea x, ${r}`) },
);

/**
 * Small programs as text for two or three threads: they read and write x, y and z, branch forwards and loop at most a few
 * times (ex counts), so that every run of one ends.
 */
export const programText: fc.Arbitrary<string> = fc
  .record({
    body: fc.array(instruction, { minLength: 1, maxLength: 8 }),
    tail: fc.array(instruction, { maxLength: 3 }),
    jump: fc.constantFrom("je", "jne", "jgt", "jgte", "jlt", "jlte"),
    compared: register,
    rounds: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ body, tail, jump, compared, rounds }) =>
    [
      ...variables.map((v) => `.var ${v}`),
      ".main",
      `mov $${rounds}, %ex`,
      ".top",
      ...body,
      `test $1, ${compared}`,
      `${jump} .skip`,
      "mov $1, y",
      ".skip",
      "sub $1, %ex",
      "test $0, %ex",
      "jgt .top",
      ...tail,
      "halt",
      "",
    ].join("\n"),
  );
