import { describe, expect, it } from "vitest";
import { runLitmus } from "../../core/herd/run.ts";
import { lowerLitmus } from "../../core/litmus/lower.ts";
import { parseLitmus } from "../../core/litmus/parse.ts";
import { readCell } from "../../core/machine/memory.ts";
import { start } from "../../core/machine/state.ts";
import { exploreNaively } from "../explore/naive.ts";

/** Two threads whose instructions are drawn from a list; every register and variable is observed. */
const PIECES = [
  "MOV [x],$1",
  "MOV EAX,[y]",
  "INC [x]",
  "LOCK ADD [y],$2",
  "XCHG [x],EBX",
  "CMP [y],$0",
  "MFENCE",
  "XADD [y],EAX",
  "CMPXCHG [x],EBX",
  "LOCK CMPXCHG [y],EBX",
  "ADD EBX,[x]",
  "MOV [y],EBX",
];

describe("a litmus test's states", () => {
  it("are those that a naive exploration of the machine finds, for every pair of instructions", () => {
    for (const a of PIECES) {
      for (const b of PIECES) {
        const text = `X86 T\n{ 0:EBX=1; 1:EBX=2; }\n P0 | P1 ;\n ${a} | ${b} ;\n ${b} | ${a} ;\nlocations [x; y; 0:EAX; 0:EBX; 1:EAX; 1:EBX;]\n`;
        const test = lowerLitmus(parseLitmus(text));
        const { program } = test;
        const address = (name: string) => test.variables.get(name)?.address ?? Number.NaN;
        for (const model of ["sc", "tso"] as const) {
          const naive = exploreNaively(
            start(program!, { model, bufferCapacity: 8 }),
            ({ registers, memory }) => {
              const size = program!.registers.length;
              const cells = [address("x"), address("y")].map((at) => readCell(memory, at));
              return [registers[1], registers[2], registers[size + 1], registers[size + 2], ...cells].join();
            },
          );
          const states = runLitmus(test, program!, model).states.map((s) => s.values.join());
          expect(states.sort()).toEqual([...naive!.outcomes.keys()].sort());
        }
      }
    }
  });
});
