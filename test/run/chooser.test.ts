import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assemble } from "../../core/asm/assemble.ts";
import { parse } from "../../core/asm/parse.ts";
import { digest } from "../../core/machine/state.ts";
import { enabled } from "../../core/machine/transition.ts";
import type { Configuration } from "../../core/options/configuration.ts";
import { choose, createChooser, forgetFrom, takeChosen } from "../../core/run/chooser.ts";
import { advance, createRun } from "../../core/run/run.ts";
import { createTrace, goTo, take } from "../../core/run/trace.ts";
import type { DrainPolicy } from "../../core/schedule/drain-policy.ts";
import { append, createLog, wordOf } from "../../core/schedule/log.ts";
import { formatSchedule } from "../../core/schedule/text.ts";

const RACE = assemble(
  parse(`
.var count
.var flag
.top
mov count, %ax
add $1, %ax
mov %ax, count
mov %ax, flag
yield
xchg %dx, flag
call .twice
sub $1, %bx
test $0, %bx
jgt .top
mfence
mov %bx, flag
halt
.twice
push %bx
pop %cx
ret
`),
).program!;

const configurations = fc
  .record({
    model: fc.constantFrom("sc" as const, "tso" as const),
    drain: fc.constantFrom<DrainPolicy>("eager", "lazy", "random"),
    threads: fc.integer({ min: 1, max: 3 }),
    interval: fc.integer({ min: 1, max: 20 }),
    random: fc.boolean(),
    seed: fc.integer({ min: 0, max: 99 }),
    rounds: fc.integer({ min: 1, max: 60 }),
    manual: fc.option(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 6 })),
  })
  .map(
    ({ model, drain, threads, interval, random, seed, rounds, manual }): Configuration => ({
      start: { model, threads, registers: [[[2, rounds]]] },
      interrupts: {
        threads,
        interval,
        random,
        seed,
        ...(manual
          ? {
              manual: [...manual.filter((t) => t < threads), ...Array.from({ length: threads }, (_, t) => t)],
            }
          : {}),
      },
      drain,
      seed,
    }),
  );

/** The whole run as bursts take it. */
function scheduleOfRun(configuration: Configuration): string {
  const log = createLog();
  const run = createRun(RACE, configuration);
  advance(run, Number.POSITIVE_INFINITY, {
    each: false,
    executed: (thread, _, count) => append(log, wordOf(thread, "execute"), count),
    drained: (thread) => append(log, wordOf(thread, "drain")),
    switched: () => {},
  });
  return formatSchedule(log);
}

function start(configuration: Configuration) {
  const trace = createTrace(createRun(RACE, configuration).state);
  return { trace, chooser: createChooser(configuration, trace) };
}

function finish({ trace, chooser }: ReturnType<typeof start>): string {
  for (let next = choose(chooser); next; next = choose(chooser)) takeChosen(chooser, next);
  return formatSchedule(trace.log);
}

describe("choosing one transition at a time", () => {
  it("takes the transitions that the run takes in bursts", () => {
    fc.assert(
      fc.property(configurations, (configuration) => {
        expect(finish(start(configuration))).toBe(scheduleOfRun(configuration));
      }),
    );
  });

  it("goes on as if it had never been away after travelling back", () => {
    fc.assert(
      fc.property(configurations, fc.nat(), fc.nat(), (configuration, ahead, back) => {
        const session = start(configuration);
        const { trace, chooser } = session;
        for (let i = 0; i < ahead % 500; i++) {
          const next = choose(chooser);
          if (next) takeChosen(chooser, next);
        }
        goTo(trace, back % (trace.index + 1));
        const next = choose(chooser);
        if (next) {
          takeChosen(chooser, next);
          forgetFrom(chooser, trace.index - 1);
        }
        expect(finish(session)).toBe(scheduleOfRun(configuration));
      }),
    );
  });

  it("lets a person interfere, and makes the same choices after the same events", () => {
    fc.assert(
      fc.property(configurations, fc.array(fc.nat(), { maxLength: 40 }), (configuration, picks) => {
        const play = (look: boolean): string => {
          const session = start(configuration);
          const { trace, chooser } = session;
          for (const pick of picks) {
            if (look) choose(chooser);
            const moves = enabled(trace.state);
            if (moves.length) take(trace, moves[pick % moves.length]!);
          }
          return `${finish(session)} ${digest(trace.state)}`;
        };
        expect(play(true)).toBe(play(false));
      }),
    );
  });

  it("leaves draining at the end to a person under the manual policy", () => {
    const store = assemble(parse(".var x\nmov $1, x\nhalt\n")).program!;
    const configuration: Configuration = {
      start: { model: "tso", threads: 1 },
      interrupts: { threads: 1, interval: 50, random: false, seed: 0 },
      drain: "manual",
      seed: 0,
    };
    const trace = createTrace(createRun(store, configuration).state);
    expect(finish({ trace, chooser: createChooser(configuration, trace) })).toBe("0*2");
    expect(trace.state.buffers[0]!.count).toBe(1);
  });
});
