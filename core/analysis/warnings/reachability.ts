import { OP } from "../../isa/operations.ts";
import { components } from "../components.ts";
import { reachableFrom } from "../control-flow.ts";
import { type Finding, lineOf, type ProgramSubject, placeOf } from "./subject.ts";

/** Instructions that no thread can come to; neighbours are reported together. */
export function unreachableCode(subject: ProgramSubject): Finding[] {
  const { reachable, code } = subject.flow;
  const found: Finding[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    if (reachable[pc]) continue;
    const first = pc;
    while (pc + 1 < code.length && !reachable[pc + 1]) pc++;
    found.push({
      code: "unreachable-code",
      message: "no thread can come here",
      range: { start: placeOf(subject, first).start, end: placeOf(subject, pc).end },
    });
  }
  return found;
}

/** Instructions behind which a thread runs out of the program, which is a fault. */
export function fallingOffTheEnd(subject: ProgramSubject): Finding[] {
  const { flow, program } = subject;
  if (program.dialect !== "asm") return [];
  const { code, within, reachable } = flow;
  const found: Finding[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    if (!reachable[pc] || !within[pc]!.includes(code.length)) continue;
    const jumps = pc < code.length - 1;
    found.push({
      code: "falls-off-end",
      message: jumps
        ? "this jump goes behind the last instruction; put a `halt` behind the label"
        : "the program goes on behind its last instruction; end it with `halt`",
      range: placeOf(subject, pc),
    });
  }
  return found;
}

/** A program whose threads can never come to a `halt`. */
export function noHalt(subject: ProgramSubject): Finding[] {
  const { flow, program } = subject;
  const { code, reachable } = flow;
  if (program.dialect !== "asm" || code.length === 0 || reachable[code.length]) return [];
  for (let pc = 0; pc < code.length; pc++) {
    if (reachable[pc] && code.operation[pc] === OP.HALT) return [];
  }
  return [
    {
      code: "no-halt",
      message: "no way through the program comes to a `halt`, so its threads never end",
      range: placeOf(subject, code.length - 1),
    },
  ];
}

/** Loops that no jump leads out of. */
export function endlessLoops(subject: ProgramSubject): Finding[] {
  const { code, next, reachable } = subject.flow;
  const found: Finding[] = [];
  for (const loop of components(next)) {
    const members = new Set(loop);
    const first = loop[0]!;
    const cyclic = loop.length > 1 || next[first]!.includes(first);
    if (!cyclic || !reachable[first]) continue;
    if (loop.some((pc) => code.operation[pc] === OP.RET || next[pc]!.some((n) => !members.has(n)))) continue;
    const start = loop.reduce((a, b) => Math.min(a, b));
    const end = loop.reduce((a, b) => Math.max(a, b));
    found.push({
      code: "endless-loop",
      message: `nothing leads out of this loop, which begins in line ${lineOf(subject, start)}`,
      range: placeOf(subject, end),
      related: [{ range: placeOf(subject, start), message: "the loop begins here" }],
    });
  }
  return found;
}

/** Calls of code that cannot come to a `ret`. */
export function callsWithoutReturn(subject: ProgramSubject): Finding[] {
  const { code, canReturn, reachable, next } = subject.flow;
  const found: Finding[] = [];
  const endings = new Map<number, boolean>();
  for (let pc = 0; pc < code.length; pc++) {
    const target = code.target[pc]!;
    if (!reachable[pc] || code.operation[pc] !== OP.CALL || canReturn[target]) continue;
    const ends = endings.get(target) ?? reachableFrom([target], next)[code.length] === 0;
    endings.set(target, ends);
    found.push({
      code: "call-without-ret",
      message: `the called code never comes to a \`ret\`${ends ? "; use `j` to go there for good" : ""}`,
      range: placeOf(subject, pc),
    });
  }
  return found;
}
