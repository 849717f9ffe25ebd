import { type Burst, createBurst, STOP } from "../machine/execute.ts";
import type { Fault } from "../machine/fault.ts";
import { canExecute, type Transition } from "../machine/transition.ts";
import type { Configuration } from "../options/configuration.ts";
import { afterBurst, createInterrupts, currentThread } from "../schedule/interrupts.ts";
import { transitionOf } from "../schedule/log.ts";
import { createRandom, type Random } from "../schedule/mt19937.ts";
import { allHalted, drainsAtEnd, drainsByPolicy, type Run } from "./run.ts";
import { CHECKPOINT_DISTANCE, EDIT_WORD, goTo, type Trace, take } from "./trace.ts";

/**
 * Who moves next, one transition at a time, along a trace that can be moved back and forked. As long as nobody interferes, the transitions
 * are those that `advance` takes. A transition taken by a person counts like an interrupt at that place: the scheduler goes on with that thread.
 */
export interface Chooser {
  readonly configuration: Configuration;
  readonly trace: Trace;
  place: Place;
  /** Checkpoint k is the scheduler after k × CHECKPOINT_DISTANCE events. */
  readonly checkpoints: Checkpoint[];
}

/** The scheduler after the first `index` events of the trace. */
interface Place {
  index: number;
  /** Its state is the trace's, which may be elsewhere in time. */
  readonly run: Run;
  /** Threads whose oldest stores drain before the next instruction. */
  pending: readonly number[];
  /** Whether the drain policy was asked before the next instruction. */
  asked: boolean;
  readonly interruptDraws: Counter;
  readonly drainDraws: Counter;
}

/** A place in little room: a random generator is the number of its draws. */
export interface Checkpoint {
  readonly current: number;
  readonly countdown: number;
  readonly interruptDraws: number;
  readonly drainDraws: number;
  readonly instructions: number;
  readonly patienceFrom: number;
  readonly pending: readonly number[];
  readonly asked: boolean;
}

interface Counter {
  count: number;
}

/** A chooser for a trace that began in the start state of a configuration. */
export function createChooser(configuration: Configuration, trace: Trace): Chooser {
  const place = createPlace(configuration, trace);
  return { configuration, trace, place, checkpoints: [checkpoint(place)] };
}

/** The scheduler's next transition at the trace's index, or nothing if the run is over or (drain policy `manual`) only drains by hand are left. */
export function choose(chooser: Chooser): Transition | undefined {
  catchUp(chooser);
  return decide(chooser.place);
}

/** Takes the transition that `choose` just returned. */
export function takeChosen(chooser: Chooser, transition: Transition): Fault | undefined {
  const { trace, place } = chooser;
  const fault = take(trace, transition);
  if (fault === "disabled") throw new Error("the chosen transition is not possible");
  if (!fault) count(chooser, place, transition, transition);
  return fault;
}

/** Must be called when what was recorded behind the trace's index was replaced. */
export function forgetFrom(chooser: Chooser, index: number): void {
  chooser.checkpoints.length = Math.min(
    chooser.checkpoints.length,
    Math.floor(index / CHECKPOINT_DISTANCE) + 1,
  );
  if (chooser.place.index > index) restore(chooser, index);
}

/** Where the scheduler is after the transition that it has just taken. */
export const schedulerNow = ({ place }: Chooser): Checkpoint => checkpoint(place);

/** Whether the scheduler, from equal states, would go on as it did from a checkpoint. */
export function choosesAs({ place }: Chooser, then: Checkpoint): boolean {
  const { run, pending } = place;
  return (
    run.interrupts.current === then.current &&
    run.interrupts.countdown === then.countdown &&
    place.interruptDraws.count === then.interruptDraws &&
    place.drainDraws.count === then.drainDraws &&
    (!isPatient(run) || run.instructions - run.patienceFrom === then.instructions - then.patienceFrom) &&
    place.asked === then.asked &&
    pending.length === then.pending.length &&
    pending.every((thread, i) => thread === then.pending[i])
  );
}

/** Whether how long stores have waited decides when they drain. */
const isPatient = ({ state, drain }: Run): boolean => state.model === "tso" && drain === "lazy";

/** Lets the scheduler see the events up to the trace's index, so that it stands where it would stand had it run there itself. */
function catchUp(chooser: Chooser): void {
  const { trace } = chooser;
  const target = trace.index;
  if (chooser.place.index > target) restore(chooser, target);
  if (chooser.place.index === target) return;
  goTo(trace, chooser.place.index);
  while (trace.index < target) {
    const { place } = chooser;
    const word = trace.log.words[trace.index]!;
    const chosen = word === EDIT_WORD ? undefined : decide(place);
    goTo(trace, trace.index + 1);
    count(chooser, place, chosen, word === EDIT_WORD ? undefined : transitionOf(word));
  }
}

/** Counts an event that has just happened: a transition, by the scheduler's choice or against it, or an edit. */
function count(
  { trace, checkpoints }: Chooser,
  place: Place,
  chosen: Transition | undefined,
  happened: Transition | undefined,
): void {
  if (happened) follow(place, chosen, happened, trace.burst);
  place.index++;
  if (place.index === checkpoints.length * CHECKPOINT_DISTANCE) checkpoints.push(checkpoint(place));
}

function decide(place: Place): Transition | undefined {
  const { run } = place;
  const { state, interrupts } = run;
  if (place.pending.length > 0) return { thread: place.pending[0]!, kind: "drain" };
  if (allHalted(state)) {
    place.pending = drainsAtEnd(run);
  } else {
    if (state.halted[currentThread(interrupts)]) afterBurst(interrupts, state, 0, STOP.HALTED);
    if (!place.asked) {
      place.asked = true;
      place.pending = drainsByPolicy(run);
    }
    const thread = currentThread(interrupts);
    if (place.pending.length === 0 && canExecute(state, thread)) return { thread, kind: "execute" };
    // It waits for its own buffer; when that has made room, the policy is asked again.
    if (place.pending.length === 0) {
      place.pending = [thread];
      place.asked = false;
    }
  }
  return place.pending.length > 0 ? { thread: place.pending[0]!, kind: "drain" } : undefined;
}

function follow(
  place: Place,
  chosen: Transition | undefined,
  { thread, kind }: Transition,
  { stop }: Burst,
): void {
  const { run } = place;
  const expected = chosen?.thread === thread && chosen.kind === kind;
  if (kind === "drain") {
    place.pending = expected ? place.pending.slice(1) : [];
    return;
  }
  const { state, interrupts } = run;
  if (!expected) {
    place.pending = [];
    if (currentThread(interrupts) !== thread) interrupts.current = interrupts.slots.indexOf(thread);
  }
  place.asked = false;
  run.instructions++;
  if (!allHalted(state)) afterBurst(interrupts, state, 1, stop);
}

function createPlace({ interrupts, drain, seed }: Configuration, { state }: Trace): Place {
  const fresh = createInterrupts(interrupts);
  const interruptDraws = { count: 0 };
  const drainDraws = { count: 0 };
  const run: Run = {
    state,
    interrupts: { ...fresh, random: fresh.random && counting(fresh.random, interruptDraws) },
    drain,
    drainRandom: counting(createRandom(seed), drainDraws),
    burst: createBurst(),
    instructions: 0,
    patienceFrom: 0,
    end: undefined,
  };
  return { index: 0, run, pending: [], asked: false, interruptDraws, drainDraws };
}

const counting =
  (random: Random, counter: Counter): Random =>
  () => {
    counter.count++;
    return random();
  };

const checkpoint = ({ run, pending, asked, interruptDraws, drainDraws }: Place): Checkpoint => ({
  current: run.interrupts.current,
  countdown: run.interrupts.countdown,
  interruptDraws: interruptDraws.count,
  drainDraws: drainDraws.count,
  instructions: run.instructions,
  patienceFrom: run.patienceFrom,
  pending,
  asked,
});

/** Puts the scheduler back to the last checkpoint at or before an event. */
function restore(chooser: Chooser, index: number): void {
  const k = Math.min(Math.floor(index / CHECKPOINT_DISTANCE), chooser.checkpoints.length - 1);
  const saved = chooser.checkpoints[k]!;
  const place = createPlace(chooser.configuration, chooser.trace);
  const { run } = place;
  for (let i = 0; i < saved.interruptDraws; i++) run.interrupts.random?.();
  for (let i = 0; i < saved.drainDraws; i++) run.drainRandom();
  run.interrupts.current = saved.current;
  run.interrupts.countdown = saved.countdown;
  run.instructions = saved.instructions;
  run.patienceFrom = saved.patienceFrom;
  place.pending = saved.pending;
  place.asked = saved.asked;
  place.index = k * CHECKPOINT_DISTANCE;
  chooser.place = place;
}
