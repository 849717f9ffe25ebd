import { OP } from "../../isa/operations.ts";
import { components } from "../components.ts";
import { reachableFrom } from "../control-flow.ts";
import { type Finding, lineOf, placeOf, type WaysSubject } from "./subject.ts";

/** Instructions that no thread can come to; neighbours are reported together. */
export function unreachableCode(subject: WaysSubject): Finding[] {
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
export function fallingOffTheEnd(subject: WaysSubject): Finding[] {
  const { code, within, reachable } = subject.flow;
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

/** A program whose threads can never come to a `halt`, nor to a gap that may come to be one. */
export function noHalt(subject: WaysSubject): Finding[] {
  const { code, gaps, reachable } = subject.flow;
  if (code.length === 0 || reachable[code.length]) return [];
  for (let pc = 0; pc < code.length; pc++) {
    if (reachable[pc] && (gaps[pc] || code.operation[pc] === OP.HALT)) return [];
  }
  return [
    {
      code: "no-halt",
      message: "no way through the program comes to a `halt`, so its threads never end",
      range: placeOf(subject, code.length - 1),
    },
  ];
}

/** Loops that no jump leads out of, nor a gap that may come to do so. */
export function endlessLoops(subject: WaysSubject): Finding[] {
  const { code, gaps, possible, reachable } = subject.flow;
  const found: Finding[] = [];
  for (const loop of components(possible)) {
    const members = new Set(loop);
    const first = loop[0]!;
    const cyclic = loop.length > 1 || possible[first]!.includes(first);
    if (!cyclic || !reachable[first]) continue;
    const mayEnd = (pc: number) => gaps[pc] || code.operation[pc] === OP.RET;
    if (loop.some((pc) => mayEnd(pc) || possible[pc]!.some((n) => !members.has(n)))) continue;
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
export function callsWithoutReturn(subject: WaysSubject): Finding[] {
  const { code, canReturn, reachable, possible } = subject.flow;
  const found: Finding[] = [];
  const endings = new Map<number, boolean>();
  for (let pc = 0; pc < code.length; pc++) {
    const target = code.target[pc]!;
    if (!reachable[pc] || code.operation[pc] !== OP.CALL || canReturn[target]) continue;
    const ends = endings.get(target) ?? reachableFrom([target], possible)[code.length] === 0;
    endings.set(target, ends);
    found.push({
      code: "call-without-ret",
      message: `the called code never comes to a \`ret\`${ends ? "; use `j` to go there for good" : ""}`,
      range: placeOf(subject, pc),
    });
  }
  return found;
}
