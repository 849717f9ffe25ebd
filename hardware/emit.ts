import type { Location } from "../core/check/check.ts";
import { latest, nameOfAddress } from "../core/machine/describe.ts";
import { forEachCell } from "../core/machine/memory.ts";
import type { Program } from "../core/machine/program.ts";
import type { State } from "../core/machine/state.ts";
import { type AssemblyLine, type Body, emitBody, endLabel, faultLabel, labelOf } from "./body.ts";
import histogramSource from "./c/histogram.c";
import kvmSource from "./c/kvm.c";
import mainSource from "./c/main.c";
import supportSource from "./c/support.c";
import threadsSource from "./c/threads.c";
import workerSource from "./c/worker.c";
import { commentText } from "./comment.ts";
import { BYTES_PER_ADDRESS, byteOf, type Layout } from "./layout.ts";
import { bitsAt, cellAddress, onProcessor } from "./numbers.ts";
import { RESULTS, SCRATCH, savedRegisters, sized } from "./registers.ts";
import type { HardwareTest } from "./test.ts";

/** What plays the threads of a test: threads of a process, or the processors of a virtual machine. */
export type Backend = "threads" | "kvm";

export const BACKENDS: readonly Backend[] = ["threads", "kvm"];

/** Widest assembly line; comments stand behind it. */
const COMMENT_COLUMN = 48;

/** Room for outcomes in a histogram, in numbers. */
const HISTOGRAM_NUMBERS = 1 << 20;

/** Bytes of a status or of a register in the results of a run. */
const SLOT = 8;

/**
 * One C file (C11 with GNU extensions, x86-64 Linux) that runs a test many times and prints what it saw; `c/main.c` tells how. Of the
 * user's text nothing gets into it but comments.
 */
export const emitC = ({ start, layout, locations }: HardwareTest, backend: Backend): string =>
  [
    heading(start, backend),
    includes(backend),
    emitTest(start, layout, locations),
    supportSource,
    histogramSource,
    workerSource,
    backend === "kvm" ? kvmSource : threadsSource,
    mainSource,
  ].join("\n");

/** The part of the C file that differs from test to test: sizes, the threads' code, initial values, and what is observed. */
export function emitTest(start: State, layout: Layout, locations: readonly Location[]): string {
  const bodies = Array.from({ length: start.threadCount }, (_, t) => emitBody(start, t, layout, locations));
  return [
    constants(start, layout, locations, bodies),
    ...bodies.map(emitThread),
    threadTable(bodies),
    initialCells(start, layout),
    observe(start, layout, locations, bodies),
  ].join("\n");
}

function heading({ program, threadCount }: State, backend: Backend): string {
  const name = commentText(program.name.replace(/^.*\//, ""));
  const where = backend === "kvm" ? "virtual processors (KVM)" : "threads";
  return `/* ${name}: ${threadCount} threads of assembly, run again and again on ${where}, with a histogram of how they end.
 * Compile with: cc -O2 -no-pie -pthread -fno-builtin -fno-stack-protector -fno-tree-loop-distribute-patterns
 * Run with:     ./a.out 1000000 1000 tsc 60 0,1 */`;
}

const HEADERS: Readonly<Record<Backend, readonly string[]>> = {
  threads: ["ucontext.h"],
  kvm: ["fcntl.h", "linux/kvm.h", "sys/ioctl.h"],
};

function includes(backend: Backend): string {
  const common = ["errno.h", "inttypes.h", "pthread.h", "sched.h", "signal.h", "stdint.h", "stdio.h"];
  const more = [
    "stdlib.h",
    "string.h",
    "sys/mman.h",
    "sys/prctl.h",
    "sys/syscall.h",
    "linux/futex.h",
    "time.h",
    "unistd.h",
  ];
  const all = [...common, ...more, ...HEADERS[backend]].sort();
  return `#define _GNU_SOURCE\n${all.map((h) => `#include <${h}>\n`).join("")}`;
}

function constants(
  start: State,
  layout: Layout,
  locations: readonly Location[],
  bodies: readonly Body[],
): string {
  const slots = 1 + Math.max(...bodies.map((b) => b.observed.length));
  const room = 2 ** Math.floor(Math.log2(HISTOGRAM_NUMBERS / (locations.length + 1)));
  let initial = 0;
  forEachCell(start.memory, () => initial++);
  const all: readonly (readonly [string, number, string])[] = [
    ["THREADS", start.threadCount, "of the test"],
    ["LOCATIONS", locations.length, "what an outcome consists of: registers and cells"],
    ["OPERATIONS", start.program.code.length, "numbers for places in the test"],
    ["OUTCOMES", Math.max(256, room), "room for different outcomes"],
    ["LINE", 64, "bytes of a cache line"],
    [
      "CELL_BYTES",
      BYTES_PER_ADDRESS,
      "distance of addresses 1 apart; variables are 4 apart, so each has its own line",
    ],
    ["INSTANCE_BYTES", layout.bytes, "the cells of one run"],
    ["INITIAL_CELLS", initial, "cells that are not 0 at the start"],
    ["SLOTS", slots, "results of a thread: its status, and registers"],
  ];
  const lines = all.map(([name, value, what]) => `  ${`${name} = ${value},`.padEnd(26)} /* ${what} */\n`);
  return `/* ---- The test ${"-".repeat(120)} */\n\nenum {\n${lines.join("")}};\n${variablesComment(start, layout)}`;
}

/** Tells the reader where the variables are. */
function variablesComment({ program }: State, layout: Layout): string {
  const lines = latest(program.variables).flatMap(({ name, address, count }) => {
    const byte = byteOf(layout, cellAddress(program, address));
    const cells = count === 1 ? "" : `, ${count} cells`;
    const known = program.dialect === "asm" ? `, address ${address}` : "";
    return byte === undefined ? [] : [` *   ${commentText(name)}: ${byte}(%rdi)${cells}${known}`];
  });
  return lines.length
    ? `\n/* Variables, by their place in the cells of a run:\n${lines.join("\n")} */\n`
    : "";
}

/** A thread as a function in assembly. */
function emitThread({ thread, lines, faulting, observed }: Body): string {
  const name = `thread${thread}`;
  const text = (code: string, comment?: string): AssemblyLine =>
    comment === undefined ? { code } : { code, comment };
  const status = (value: number): string => `movq $${value}, (${RESULTS})`;
  const results = observed.flatMap(({ native, bits }, i) => slot(native, bits, (i + 1) * SLOT));
  const saved = savedRegisters([...lines.map((l) => l.code), ...results].join("\n"));
  const all: AssemblyLine[] = [
    text(".text"),
    text(`${name}:`),
    ...saved.map((r) => text(`pushq ${r}`)),
    text(`${name}_first:`),
    ...lines,
    text(`${endLabel(thread)}:`),
    ...results.map((code) => text(code)),
    text(status(1), "ENDED"),
    text(`${name}_leave:`),
    ...saved.toReversed().map((r) => text(`popq ${r}`)),
    text("ret"),
    ...faulting.flatMap((pc) => [
      text(`${faultLabel(thread, pc)}:`),
      text(status(2 + pc), `FAULT + ${pc}`),
      text(`jmp ${name}_leave`),
    ]),
    text(`${name}_stop:`),
    text(status(-1), "STOPPED: the run did not end"),
    text(`jmp ${name}_leave`),
  ];
  return `/* Thread ${thread}: %rdi points to the cells of a run, %rsi to the thread's results. */\nasm(\n${all.map(sourceLine).join("")});\n`;
}

/** Code that puts a register into a result, as a signed number. */
const slot = (native: string, bits: 32 | 64, at: number): string[] =>
  bits === 64
    ? [`movq ${native}, ${at}(${RESULTS})`]
    : [`movslq ${sized(native, bits)}, ${SCRATCH}`, `movq ${SCRATCH}, ${at}(${RESULTS})`];

function sourceLine({ code, comment }: AssemblyLine): string {
  const indent = code.endsWith(":") || code.startsWith(".") ? "" : "    ";
  const [, mnemonic = "", operands = ""] = /^((?:lock )?\S+)(.*)$/.exec(code) ?? [];
  const quoted = code === "" ? "" : `"${indent}${operands ? mnemonic.padEnd(7) : mnemonic}${operands}\\n"`;
  const line = `  ${quoted}`;
  return comment === undefined
    ? `${line}\n`
    : `${line.padEnd(COMMENT_COLUMN)} /* ${commentText(comment)} */\n`;
}

function threadTable(bodies: readonly Body[]): string {
  const labels = bodies.map(({ thread, labelled }) => {
    const rows = labelled.map((pc) => `  "    .quad ${labelOf(thread, pc)}, ${pc}\\n"\n`).join("");
    return `  "thread${thread}_labels:\\n"\n${rows}`;
  });
  const declarations = bodies.map(
    ({ thread: t }) =>
      `extern void thread${t}(char *, int64_t *);\nextern const char thread${t}_first[], thread${t}_end[], thread${t}_stop[];\nextern const struct label thread${t}_labels[];\n`,
  );
  const rows = bodies.map(
    ({ thread: t, labelled }) =>
      `  {thread${t}, thread${t}_first, thread${t}_end, thread${t}_stop, thread${t}_labels, ${labelled.length}},\n`,
  );
  return `/* Where jumps go, and from which operation of the test on that is. */
struct label {
  const char *place;
  int64_t operation;
};
asm(
  ".data\\n"
${labels.join("")}  ".text\\n");

struct thread {
  void (*run)(char *cells, int64_t *results);
  const char *first, *end, *stop; /* a thread between \`first\` and \`end\` can be sent to \`stop\` */
  const struct label *labels;
  int label_count;
};
${declarations.join("")}
static const struct thread threads[THREADS] = {
${rows.join("")}};
`;
}

function initialCells({ memory, program }: State, layout: Layout): string {
  const rows: string[] = [];
  forEachCell(memory, (address, value) => {
    rows.push(
      `  {${byteOf(layout, cellAddress(program, address))}, ${literal(onProcessor(program, value))}},\n`,
    );
  });
  return `/* Cells that are not 0 at the start. */
static const struct {
  size_t at;
  int64_t value;
} initial_cells[INITIAL_CELLS + 1] = {
${rows.join("")}};
`;
}

/** −2^63 has no literal of its own in C. */
const literal = (value: bigint): string => (value === -(2n ** 63n) ? "INT64_MIN" : `INT64_C(${value})`);

function observe(
  start: State,
  layout: Layout,
  locations: readonly Location[],
  bodies: readonly Body[],
): string {
  const lines = locations.map((location, i) => {
    const [value, name] =
      location.kind === "register"
        ? [slotOf(bodies, location), `${location.thread}:${start.program.registers[location.register]}`]
        : [
            cellValue(start.program, layout, location.address),
            nameOfAddress(start.program, location.address) ?? `[${location.address}]`,
          ];
    const line = `  values[${i}] = ${value};`;
    return `${line.padEnd(COMMENT_COLUMN)} /* ${commentText(name)} */\n`;
  });
  return `/* The outcome of a run: the values of what is observed. */
static void observe(const char *cells, const int64_t *const *results, int64_t *values) {
${lines.join("")}  (void)cells, (void)results;
}
`;
}

const cellValue = (program: Program, layout: Layout, address: number): string =>
  `*(const int${bitsAt(program, address)}_t *)(cells + ${byteOf(layout, cellAddress(program, address))})`;

function slotOf(bodies: readonly Body[], location: Location & { kind: "register" }): string {
  const slot = bodies[location.thread]!.observed.findIndex((o) => o.register === location.register);
  return `results[${location.thread}][${slot + 1}]`;
}
