import {
  describeState,
  type Integer,
  type StateDescription,
  type ThreadDescription,
} from "../../core/machine/describe.ts";
import type { State } from "../../core/machine/state.ts";
import { entries } from "../../core/machine/store-buffer.ts";
import { enabled, type Transition } from "../../core/machine/transition.ts";
import type { DrainPolicy } from "../../core/schedule/drain-policy.ts";
import type { InterruptOptions } from "../../core/schedule/interrupts.ts";
import type { Base } from "../expressions/tree.ts";
import type { Stepping } from "../launch.ts";
import { debuggeeOf } from "../pace.ts";
import type { Session } from "../session.ts";
import { instructionText, lineOf, placeName, standsAt } from "./place.ts";
import { transitionLabel } from "./transitions.ts";

/** The whole machine for views: its state with places in the source, what is possible now, and where in time it is. */
export interface MachineView extends Omit<StateDescription, "threads"> {
  readonly threads: readonly ThreadView[];
  /** The file's name, and its path or URI. */
  readonly program: string;
  readonly path: string;
  readonly drain: DrainPolicy;
  /** How the scheduler switches threads, in a few words. */
  readonly scheduler: string;
  readonly stepping: Stepping;
  /** In which numbers are to be shown; here they are numbers. */
  readonly base: Base;
  /** Nothing can be moved meanwhile. */
  readonly isRunning: boolean;
  /** What happened last, in a sentence. */
  readonly told: string;
  /** Number of events before the present, and of all that are recorded. */
  readonly index: number;
  readonly length: number;
  /** How often what lay ahead was replaced, and from which index on the last time. */
  readonly forks: number;
  readonly forkedAt: number;
  readonly transitions: readonly (Transition & { readonly label: string })[];
}

export interface ThreadView extends Omit<ThreadDescription, "buffer"> {
  /** Its next instruction by the last label, `.top+2`, and by its line, from 1. */
  readonly place: string;
  readonly line: number;
  readonly buffer: readonly BufferedStore[];
}

export interface BufferedStore {
  readonly address: Integer;
  /** A name such as `count` or `flag+4`, where there is one. */
  readonly variable?: string;
  readonly value: Integer;
  /** Line of the store, from 1. */
  readonly line: number;
}

/** `turns of 50`: every thread executes so many instructions before the next one does. */
function schedulerName({ interval, random, seed, manual }: InterruptOptions): string {
  if (manual) return "turns by hand (-P)";
  return random ? `random turns of 1 to ${interval} (seed ${seed})` : `turns of ${interval}`;
}

/** The next instruction, with its part where it has several. */
function nextText({ program, pc }: State, thread: number): { readonly next?: string } {
  const next = instructionText(program, pc[thread]!);
  return next === undefined ? {} : { next };
}

/** @throws UserError if nothing is being debugged */
export function machineView(session: Readonly<Session>): MachineView {
  const debuggee = debuggeeOf(session);
  const { trace, program, configuration, launch, stepping } = debuggee;
  const { base } = session;
  const { state } = trace;
  const description = describeState(state);
  return {
    ...description,
    threads: description.threads.map((thread, t) => ({
      ...thread,
      ...nextText(state, t),
      place: placeName(program, standsAt(state, t)),
      line: lineOf(debuggee, standsAt(state, t)),
      buffer: entries(state.buffers[t]!).map(({ source }, i) => ({
        ...thread.buffer[i]!,
        line: lineOf(debuggee, source),
      })),
    })),
    program: program.name,
    path: launch.program,
    drain: configuration.drain,
    scheduler: schedulerName(configuration.interrupts),
    stepping,
    base,
    isRunning: session.motion !== undefined,
    told: session.stop?.text ?? "",
    index: trace.index,
    length: trace.log.length,
    forks: debuggee.forks,
    forkedAt: debuggee.forkedAt,
    transitions: enabled(state).map((t) => ({ ...t, label: transitionLabel(state, t, base) })),
  };
}
