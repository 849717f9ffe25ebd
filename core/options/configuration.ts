import { REGISTERS, registerNumber } from "../isa/registers.ts";
import { noSuchThread } from "../machine/refusal.ts";
import { DEFAULT_MEMORY_SIZE, DEFAULT_THREADS, type Model, type StartOptions } from "../machine/state.ts";
import type { DrainPolicy } from "../schedule/drain-policy.ts";
import type { InterruptOptions } from "../schedule/interrupts.ts";
import { MOST_THREADS } from "../schedule/log.ts";
import { decimalInteger, type OptionValues } from "./parse.ts";
import type { SIMULATOR_OPTIONS } from "./simulator.ts";

/** All that a run needs beside the program. */
export interface Configuration {
  readonly start: StartOptions;
  readonly interrupts: InterruptOptions;
  readonly drain: DrainPolicy;
  /** Seed of interrupts and of random drains. */
  readonly seed: number;
}

export interface RunOptionValues extends OptionValues<typeof SIMULATOR_OPTIONS> {
  readonly model?: Model;
  readonly drain?: DrainPolicy;
}

/**
 * Turns option values into what a run needs, with x86.py's defaults and rules (dialect §2, §7, §8.4).
 * @returns the configuration, or one sentence that says which option is wrong
 */
export function configure(values: RunOptionValues): Configuration | { readonly error: string } {
  const interval = values.interrupt ?? 50;
  if (interval <= 0) return { error: `the interrupt interval (-i) must be greater than 0, not ${interval}` };
  const threads = values.threads ?? DEFAULT_THREADS;
  const registers = startRegisters(values.argv ?? "", threads);
  if ("error" in registers) return registers;
  if (threads <= 0) return { error: `the number of threads (-t) must be at least 1, not ${threads}` };
  if (threads >= MOST_THREADS)
    return { error: `at most ${MOST_THREADS - 1} threads can run (-t), not ${threads}` };
  const manual = values.procsched ? manualSlots(values.procsched, threads) : undefined;
  if (manual && "error" in manual) return manual;
  const seed = values.seed ?? 0;
  return {
    start: {
      model: values.model ?? "sc",
      threads,
      registers: registers.lists,
      memorySize: values.memsize ?? DEFAULT_MEMORY_SIZE,
    },
    interrupts: {
      threads,
      interval,
      random: values.randints ?? false,
      seed,
      ...(manual ? { manual: manual.slots } : {}),
    },
    drain: values.drain ?? "lazy",
    seed,
  };
}

type RegisterLists = { readonly lists: (readonly [number, number])[][] };

function startRegisters(argv: string, threads: number): RegisterLists | { readonly error: string } {
  const pieces = argv.split(",");
  if (pieces.length > 1 && pieces.length !== threads) {
    return {
      error: `-a gives start registers for ${pieces.length} threads, but there are ${threads}; give one list for all or one for each thread`,
    };
  }
  const lists: (readonly [number, number])[][] = [];
  for (const piece of pieces) {
    const list: (readonly [number, number])[] = [];
    for (const item of piece === "" ? [] : piece.split(":")) {
      const [name = "", number = "", ...more] = item.split("=");
      const register = registerNumber(name);
      if (register < 0) {
        return {
          error: `-a: \`${name || item}\` is not a register; there are ${REGISTERS.slice(1).join(" ")}`,
        };
      }
      const value = more.length ? undefined : decimalInteger(number);
      if (value === undefined)
        return { error: `-a: \`${item}\` must be a register and a whole number, as in ${name}=1` };
      list.push([register, value]);
    }
    lists.push(list);
  }
  return { lists };
}

function manualSlots(
  text: string,
  threads: number,
): { readonly slots: number[] } | { readonly error: string } {
  const bad = /\D/.exec(text);
  if (bad) return { error: `-P is one digit for each instruction, without \`${bad[0]}\` between them` };
  const slots = [...text].map(Number);
  const missing = Array.from({ length: threads }, (_, t) => t).filter((t) => !slots.includes(t));
  const unknown = slots.find((t) => t >= threads);
  if (unknown !== undefined) return { error: `-P: ${noSuchThread(unknown, threads)}` };
  if (missing.length) return { error: `-P must name every thread; T${missing.join(", T")} is missing` };
  return { slots };
}
