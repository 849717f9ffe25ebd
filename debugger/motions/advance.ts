import { nameOfAddress } from "../../core/machine/describe.ts";
import { dumpText } from "../../core/machine/dump.ts";
import { explainRefusal } from "../../core/machine/refusal.ts";
import type { Transition } from "../../core/machine/transition.ts";
import { choose, takeChosen } from "../../core/run/chooser.ts";
import { EDIT_WORD, goTo, take } from "../../core/run/trace.ts";
import { transitionOf, wordOf } from "../../core/schedule/log.ts";
import { isHit } from "../breakpoints/code-breakpoint.ts";
import { accessOf, dataHits, valueAfter } from "../breakpoints/data-breakpoint.ts";
import { formatLogMessage } from "../breakpoints/log-message.ts";
import type { Breakpoints } from "../breakpoints/registry.ts";
import { brokenNow } from "../checks.ts";
import { type Debuggee, noteFork } from "../debuggee.ts";
import { formatCell } from "../expressions/format.ts";
import { UserError } from "../user-error.ts";
import { checkStop, faultStop, type Stop } from "./stop.ts";

/** What a motion needs beside the debuggee: when to stop, and where printed text goes. */
export interface Surroundings {
  readonly breakpoints: Breakpoints;
  /** Text that the program or a log point prints, with its place. */
  print(text: string, operation: number): void;
}

/** What comes next if nobody chooses: an event that is recorded already, then what the scheduler picks. */
export type Next =
  | { readonly kind: "recorded"; readonly transition: Transition }
  | { readonly kind: "edit" }
  | { readonly kind: "chosen"; readonly transition: Transition };

export function nextEvent({ trace, chooser }: Debuggee): Next | undefined {
  if (trace.index < trace.log.length) {
    const word = trace.log.words[trace.index]!;
    return word === EDIT_WORD ? { kind: "edit" } : { kind: "recorded", transition: transitionOf(word) };
  }
  const transition = choose(chooser);
  return transition && { kind: "chosen", transition };
}

/** Makes a person's change again that is recorded next. */
export function redoEdit(debuggee: Debuggee, thread: number): Stop {
  const { trace } = debuggee;
  goTo(trace, trace.index + 1);
  debuggee.broken = brokenNow(debuggee.checks, trace.state);
  return { reason: "step", thread, text: "a change made by hand was made again" };
}

/**
 * Whether the run must stop before a thread's next instruction. If not, its log points print; hits are counted in any case.
 * @param isSeen whether the person has seen the thread there and wants to go on, so that nothing stops it
 */
export function stopBefore(
  debuggee: Debuggee,
  thread: number,
  { breakpoints, print }: Surroundings,
  isSeen = false,
): Stop | undefined {
  const { state, index } = debuggee.trace;
  const operation = state.pc[thread]!;
  const here = breakpoints.code.get(operation);
  if (!here) return undefined;
  const place = { state, thread };
  try {
    const hit = here.filter((b) => isHit(b, place, index));
    const stopping = hit.filter((b) => !b.rule.log);
    const first = stopping[0];
    if (first && !isSeen) {
      return {
        reason: first.kind,
        thread,
        text: `T${thread} is at a ${first.kind}`,
        breakpoints: stopping.map((b) => b.id),
      };
    }
    for (const { rule } of hit) if (rule.log) print(`${formatLogMessage(rule.log, place)}\n`, operation);
    return undefined;
  } catch (error) {
    const stop = conditionStop(error, thread);
    return isSeen ? undefined : stop;
  }
}

/** A condition without a value stops the run, so that nobody waits in vain for a slip of the pen. */
export function conditionStop(error: unknown, thread: number): Stop {
  if (!(error instanceof UserError)) throw error;
  return {
    reason: "breakpoint",
    thread,
    label: "condition without a value",
    text: `the condition of a breakpoint has no value: ${error.message}`,
  };
}

/** Takes a transition; if it is the one that was recorded here, it goes along the recorded way, otherwise what came after is replaced. */
export function move(
  debuggee: Debuggee,
  transition: Transition,
  around: Surroundings,
  chosen: boolean,
): Stop | undefined {
  const { trace, chooser, program } = debuggee;
  const { state } = trace;
  const { thread, kind } = transition;
  const { data } = around.breakpoints;
  const access = data.length > 0 ? accessOf(state, transition) : undefined;
  const operation = state.pc[thread]!;
  const recorded = trace.index < trace.log.length;
  if (recorded && trace.log.words[trace.index] === wordOf(thread, kind)) goTo(trace, trace.index + 1);
  else {
    const refused = chosen ? takeChosen(chooser, transition) : take(trace, transition);
    if (refused === "disabled") throw new UserError(explainRefusal(state, transition));
    if (refused) return faultStop(program, refused);
    if (recorded) noteFork(debuggee, trace.index - 1);
    const printed = kind === "execute" ? dumpText(state, thread, operation) : "";
    if (printed !== "") around.print(`${printed.trimEnd()}\n`, operation);
  }
  const stop = access && dataStop(debuggee, access, around.breakpoints);
  return stop ?? newlyBroken(debuggee, thread, around.breakpoints);
}

/** Stops where a check about every state is broken that was not broken before. */
function newlyBroken(debuggee: Debuggee, thread: number, { exceptions }: Breakpoints): Stop | undefined {
  const { checks, trace } = debuggee;
  const broken = checks.length > 0 ? brokenNow(checks, trace.state) : [];
  const fresh = broken.filter((c) => !debuggee.broken.includes(c));
  debuggee.broken = broken;
  if (fresh.length === 0 || !exceptions.has("check")) return undefined;
  return checkStop(trace.state, thread, fresh, `after this transition of T${thread}`);
}

function dataStop(
  { trace: { state, index }, program }: Debuggee,
  access: NonNullable<ReturnType<typeof accessOf>>,
  { data }: Breakpoints,
): Stop | undefined {
  const { thread, address, before, kinds } = access;
  try {
    const hits = dataHits(data, access, state, index, true);
    if (hits.length === 0) return undefined;
    const cell = nameOfAddress(program, address) ?? `[${address}]`;
    const shown = (value: number) => formatCell(program, value, 10);
    const after = shown(valueAfter(state, access));
    const verb = kinds.includes("write") ? "wrote" : kinds.includes("commit") ? "drained" : "read";
    const change = verb === "read" ? `${cell} = ${after}` : `${cell}: ${shown(before)} → ${after}`;
    return {
      reason: "data breakpoint",
      thread,
      label: `${verb} ${cell}`,
      text: `T${thread} ${verb} ${change}`,
      breakpoints: hits.map((b) => b.id),
    };
  } catch (error) {
    return conditionStop(error, thread);
  }
}
