import type { State } from "../../machine/state.ts";
import { conclude, gather } from "../conclusion.ts";
import { type ExploreOptions, limitsOf, roomLeft } from "../options.ts";
import { decidesLivelocks } from "../reduction/reduction.ts";
import type { ExploreReport, Progress } from "../report.ts";
import { findCircles } from "../search/circles.ts";
import { createFindings, type Findings } from "../search/findings.ts";
import type { Livelocks } from "../search/livelock.ts";
import { createOutcomeTable } from "../search/outcomes.ts";
import { prepare } from "../search/prepare.ts";
import type { Limit, SearchLimits } from "../search/search.ts";
import { createLayout, type Layout, pack } from "../states/layout.ts";
import { hasLoops } from "../threads/data-flow.ts";
import { NONE_SHORTEST, type Shortest, shortestTo } from "../witness/shortest.ts";
import { Chains, type Schedules, type Target, targetAt } from "../witness/witness.ts";
import { contentOrder } from "./content-order.ts";
import { Inbox, Outbox, type Packet } from "./packet.ts";
import {
  bytesOf,
  type Command,
  FOUND,
  type FromPartition,
  NOTHING_YET,
  readFound,
  type Standing,
  type ToPartition,
} from "./protocol.ts";

/** What the coordinator has to say when it has dealt with an event. */
export interface Step {
  /** To be sent, in this order. */
  readonly messages: readonly { readonly to: number; readonly message: ToPartition }[];
  readonly progress: Progress;
  /** Whether it would go on without any event; send `go`. */
  readonly busy: boolean;
}

/** What happens to the coordinator. */
export type Event =
  | { readonly kind: "message"; readonly from: number; readonly message: FromPartition }
  /** The wish to end what is being done, as `explorer` takes it. */
  | { readonly kind: "stop" }
  | { readonly kind: "go" };

type Steps<T> = Generator<Step, T, Event>;

/** A layout in which every number fits. */
const ROOMY = 2 ** 31 - 1;

/** A state that a partition has sent, in the coordinator's numbers, and why: a `FOUND`. */
interface FoundState {
  readonly kind: number;
  readonly fields: Int32Array;
  readonly depth: number;
}

/**
 * Explores as `explorer` does, with the states divided among partitions, and with the same answer whatever their number: only which of several
 * witnesses of the same length is given can differ from what one search gives. Whoever drives it creates the partitions from the same start and options, sends them its
 * messages and brings theirs back, all in order.
 */
export function coordinator(start: State, options: ExploreOptions, parts: number): Steps<ExploreReport> {
  return new Coordinator(start, options, parts).run();
}

class Coordinator {
  private readonly start: State;
  private readonly options: ExploreOptions;
  private readonly prepared: ReturnType<typeof prepare>;
  private readonly limits: SearchLimits;
  private readonly findings: Findings;
  private readonly inboxes: readonly Inbox[];
  private readonly outboxes: readonly Outbox[];
  /** What is on its way to each partition. */
  private readonly wanted: readonly Packet[][];
  private readonly standings: Standing[];
  /** What each partition has found in this round. */
  private readonly found: Packet[][];
  /** What partitions have told of the steps of local states. */
  private readonly steps: Int32Array[] = [];
  private readonly byContent: (a: Int32Array, b: Int32Array) => number;
  private limit: Limit | undefined;
  /** Of all messages that partitions have sent each other so far, and of what they have found in this round. */
  private bytesPassed = 0;
  private bytesFound = 0;

  constructor(start: State, options: ExploreOptions, parts: number) {
    this.start = start;
    this.options = options;
    this.prepared = prepare(start, options);
    this.limits = limitsOf(options);
    const { automaton, classes, symmetry, locations } = this.prepared;
    const outcomes = createOutcomeTable(automaton, classes, symmetry, locations);
    this.findings = createFindings(automaton, symmetry, outcomes, options.checks);
    const each = Array.from({ length: parts }, (_, index) => index);
    this.inboxes = each.map(() => new Inbox(automaton, start.program.wide));
    this.wanted = each.map(() => []);
    this.outboxes = this.wanted.map(
      (packets) => new Outbox(automaton, start.program.wide, (packet) => packets.push(packet)),
    );
    this.standings = each.map(() => NOTHING_YET);
    this.found = each.map(() => []);
    this.byContent = contentOrder(automaton, start.program.wide);
  }

  *run(): Steps<ExploreReport> {
    const { start, options, prepared, findings } = this;
    const { reduction, locations } = prepared;
    const limit = yield* this.search();
    const wanted =
      limit === undefined && options.livelocks !== false && decidesLivelocks(reduction, start.program);
    const livelocks = wanted ? yield* this.livelocks() : undefined;
    const shortest = limit === "cancelled" ? NONE_SHORTEST : yield* this.shortest();
    const found = gather(findings, livelocks, shortest);
    const rebuilt = yield* this.schedules(found.targets);
    return conclude(start, options.checks, {
      ...found,
      ...rebuilt,
      livelocks,
      limit,
      unfinished: wanted && !livelocks,
      ...this.progress,
      boundHit: this.standings.some((s) => s.boundHit),
      locations,
      reduction,
    });
  }

  private *search(): Steps<Limit | undefined> {
    const { visitor } = this.findings;
    for (let level = this.prepared.search.firstLevel; ; level++) {
      const ended = yield* this.round(() => ({ kind: "expand", level }), true);
      for (const { kind, fields, depth } of this.takeFound()) {
        if (kind === FOUND.TERMINAL) visitor.terminal(fields, depth);
        else if (kind === FOUND.FAULT) visitor.fault(fields, depth);
        else visitor.state?.(fields, depth);
      }
      this.limit ??= this.limitMet();
      if (this.limit || ended) return this.limit ?? "cancelled";
      if (!this.standings.some((s) => s.open)) return undefined;
    }
  }

  /** As `findLivelocks`, with the same passes. */
  private *livelocks(): Steps<Livelocks | undefined> {
    if (!hasLoops(this.start.program.code)) return { count: 0 };
    if (yield* this.round(() => ({ kind: "tell-steps" }))) return undefined;
    const circles = findCircles(this.steps.splice(0));
    if (circles.length === 0) return { count: 0 };
    if (yield* this.round(() => ({ kind: "mark-leading", circles }))) return undefined;
    if (yield* this.markRest()) return undefined;
    if (this.unmarked === 0) return { count: 0 };
    return yield* this.countLivelocks();
  }

  private *countLivelocks(): Steps<Livelocks | undefined> {
    if (yield* this.round(() => ({ kind: "forget-marks" }))) return undefined;
    for (let level = this.progress.depth; level >= this.prepared.search.firstLevel; level--) {
      if (yield* this.round(() => ({ kind: "mark", level }))) return undefined;
    }
    if (yield* this.markRest()) return undefined;
    const count = this.unmarked;
    if (count === 0) return { count };
    if (yield* this.round(() => ({ kind: "name-livelock" }))) return undefined;
    const [first] = this.takeFound();
    return { count, first: targetAt(first!.fields, first!.depth) };
  }

  /** Looks at the states that are not marked until no more come to be marked. @returns whether that was ended before it was done */
  private *markRest(): Steps<boolean> {
    for (let before = Infinity; this.unmarked > 0 && this.unmarked < before; ) {
      before = this.unmarked;
      if (yield* this.round(() => ({ kind: "mark-rest" }))) return true;
    }
    return false;
  }

  private *schedules(targets: readonly Target[]): Steps<Schedules> {
    const layout = createLayout(this.start.threadCount, ROOMY, ROOMY);
    const chains = new Chains(this.prepared.search, layout, roomLeft(this.limits, this.byteLength));
    const nodes = targets.map((t) => chains.want(t.fields, t.depth));
    const completed = yield* this.complete(chains, layout);
    const logs = completed
      ? yield* this.alone(chains.writeDown(nodes, targets))
      : targets.map(() => undefined);
    return { logs, outOfRoom: chains.full };
  }

  /** As every exploration does: in one place. */
  private *shortest(): Steps<Shortest> {
    const room = roomLeft(this.limits, this.byteLength);
    return yield* this.alone(shortestTo(this.findings, this.start, this.options, room));
  }

  /** Does work of its own, while partitions wait. */
  private *alone<T>(work: Generator<void, T, boolean | undefined>): Steps<T> {
    for (let stop = false; ; ) {
      const { done, value } = work.next(stop);
      if (done) return value;
      stop = (yield this.step([], true)).kind === "stop";
    }
  }

  /** Finds what comes before the states of chains, and before those, and so on; whether it came to the end. */
  private *complete(chains: Chains, layout: Layout): Steps<boolean> {
    for (let told = 0; chains.open > 0 && told < chains.count; ) {
      for (; told < chains.count; told++) this.want(chains, told, layout);
      const ended = yield* this.round((to) => ({ kind: "precede", wanted: this.takeWanted(to) }));
      for (const { fields, depth } of this.takeFound()) chains.leadsOn(fields, depth);
      if (ended || chains.full) return false;
    }
    return chains.open === 0;
  }

  /** Lets all partitions do something. @returns whether that was ended before it was done */
  private *round(command: (to: number) => Command, limited = false): Steps<boolean> {
    let messages = this.toAll(command);
    let ended = false;
    for (let working = this.standings.length; working > 0; ) {
      const event = yield this.step(messages);
      messages = [];
      if (event.kind === "stop") {
        ended = true;
        messages = this.toAll(() => ({ kind: "stop" }));
      }
      if (event.kind !== "message") continue;
      const { from, message } = event;
      switch (message.kind) {
        case "neighbour":
          this.bytesPassed += bytesOf(message);
          messages = [message];
          break;
        case "steps":
          this.steps.push(message.pairs);
          break;
        case "found":
          this.bytesFound += bytesOf(message);
          this.found[from]!.push(message.packet);
          break;
        case "done":
          this.standings[from] = message.standing;
          working--;
          break;
        case "progress":
          this.standings[from] = message.standing;
          if (!limited || this.limit) break;
          this.limit = this.limitMet();
          if (this.limit) messages = this.toAll(() => ({ kind: "stop" }));
      }
    }
    return ended;
  }

  /** Tells all partitions of a node of chains before which there must be something. */
  private want(chains: Chains, node: number, layout: Layout): void {
    if (chains.isDone(node)) return;
    const fields = new Int32Array(layout.threads + 1);
    const words = new Int32Array(layout.words);
    const depth = chains.read(node, fields);
    pack(layout, fields, words, 0);
    for (const outbox of this.outboxes) outbox.add(layout, words, depth);
  }

  private takeWanted(to: number): readonly Packet[] {
    this.outboxes[to]!.flush();
    return this.wanted[to]!.splice(0);
  }

  /** What has been found, in an order that does not depend on who was faster. */
  private takeFound(): FoundState[] {
    const states: FoundState[] = [];
    this.bytesFound = 0;
    for (const [from, packets] of this.found.entries()) {
      for (const packet of packets.splice(0)) {
        this.inboxes[from]!.open(packet, (fields, about) => {
          states.push({ ...readFound(about), fields: fields.slice() });
        });
      }
    }
    return states.sort((a, b) => a.depth - b.depth || this.byContent(a.fields, b.fields));
  }

  private limitMet(): Limit | undefined {
    const { standings, limits, findings, prepared } = this;
    const { states } = this.progress;
    if (Math.max(states, ...standings.map((s) => s.carriedOut)) > limits.states) return "states";
    const heap = Math.max(
      findings.visitor.heapBytes() + prepared.automaton.locals.heapBytes,
      ...standings.map((s) => s.heapBytes),
    );
    const full = standings.some((s) => s.full);
    return full || this.byteLength > limits.bytes || heap > limits.heapBytes ? "memory" : undefined;
  }

  private get unmarked(): number {
    return this.sum((s) => s.unmarked);
  }

  private get byteLength(): number {
    const { findings, prepared } = this;
    const own = prepared.automaton.byteLength + findings.visitor.heapBytes();
    const underway = this.bytesPassed - this.sum((s) => s.bytesTaken);
    return this.sum((s) => s.bytes) + own + underway + this.bytesFound;
  }

  private get progress(): Progress {
    return {
      states: this.sum((s) => s.states),
      transitions: this.sum((s) => s.transitions),
      depth: Math.max(...this.standings.map((s) => s.depth)),
      bytes: this.byteLength,
    };
  }

  private sum(of: (standing: Standing) => number): number {
    return this.standings.reduce((sum, s) => sum + of(s), 0);
  }

  private toAll(message: (to: number) => ToPartition): Step["messages"] {
    return this.standings.map((_, to) => ({ to, message: message(to) }));
  }

  private step(messages: Step["messages"], busy = false): Step {
    return { messages, progress: this.progress, busy };
  }
}
