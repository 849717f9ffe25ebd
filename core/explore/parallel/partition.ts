import type { State } from "../../machine/state.ts";
import type { ExploreOptions } from "../options.ts";
import { stepsByDigest } from "../search/circles.ts";
import { prepare } from "../search/prepare.ts";
import type { Search, SearchLimits, Visitor } from "../search/search.ts";
import { pack } from "../states/layout.ts";
import { Ends, WAIT } from "./ends.ts";
import { Neighbours, type Place } from "./neighbours.ts";
import { Outbox } from "./packet.ts";
import {
  bytesOf,
  type Command,
  type Found,
  type FromPartition,
  foundNumber,
  type Standing,
  type ToPartition,
} from "./protocol.ts";
import { createReporter } from "./reporter.ts";
import { WayBack } from "./way-back.ts";

/** The coordinator looks after the limits of all partitions together. */
const NO_LIMITS: SearchLimits = { states: Infinity, bytes: Infinity, heapBytes: Infinity };

/** Turns between two reports of progress. */
const TURNS_PER_REPORT = 8;

/** Work that can be ended by sending `true`. Yields `WAIT` where it waits for an answer. */
type Work = Generator<unknown, void, boolean | undefined>;

/**
 * One part of a divided exploration: it keeps the states whose digest falls to it, and takes their steps. It has the program's automaton for
 * itself: filling its tables is little work beside the search, and nothing needs to be shared.
 */
export class Partition {
  private readonly send: (message: FromPartition) => void;
  private readonly search: Search;
  private readonly neighbours: Neighbours;
  private readonly coordinator: Outbox;
  private readonly visitor: Visitor;
  private readonly wayBack: WayBack;
  private readonly ends: Ends;
  /** Whether there are states of the level that was begun last, or that wait for a later one. */
  private open = true;
  private work: Work | undefined;
  private stopping = false;
  private turns = 0;
  private bytesTaken = 0;

  /** @param send where its messages go; they must arrive in order */
  constructor(start: State, options: ExploreOptions, place: Place, send: (message: FromPartition) => void) {
    const { wide } = start.program;
    const { search, automaton } = prepare(start, options);
    this.send = send;
    this.search = search;
    this.neighbours = new Neighbours(search, wide, place, send);
    search.elsewhere = this.neighbours;
    this.coordinator = new Outbox(automaton, wide, (packet) => send({ kind: "found", packet }));
    const find = (kind: Found, fields: Int32Array, depth: number): void => this.find(kind, fields, depth);
    this.visitor = createReporter(automaton, options.checks, find);
    this.wayBack = new WayBack(search, wide, find);
    this.ends = new Ends(search, this.neighbours, find);
    search.begin(!this.neighbours.own(search.start));
  }

  /** Takes a message; what it tells to do is left to the next turns. */
  receive(message: ToPartition): void {
    if ("from" in message) this.bytesTaken += bytesOf(message);
    switch (message.kind) {
      case "stop":
        this.stopping = this.work !== undefined;
        break;
      case "states":
        this.neighbours.open(message.from, message.packet, {
          arrive: (fields, level) => this.search.arrive(fields, level),
          isMarked: (fields) => this.ends.has(fields),
        });
        break;
      case "answer":
        this.ends.hear(message.from, message.marked);
        break;
      default:
        this.work = this.begin(message);
    }
  }

  /**
   * Works for some milliseconds.
   * @returns whether there is more to do that does not wait for a message
   */
  turn(): boolean {
    if (!this.work) return false;
    const { done, value } = this.work.next(this.stopping);
    if (done) return this.end();
    if (++this.turns % TURNS_PER_REPORT === 0) this.send({ kind: "progress", standing: this.standing });
    if (value !== WAIT) return true;
    this.neighbours.flush();
    return false;
  }

  private end(): false {
    this.work = undefined;
    this.stopping = false;
    this.neighbours.flush();
    this.coordinator.flush();
    this.send({ kind: "done", standing: this.standing });
    return false;
  }

  private begin(command: Command): Work {
    switch (command.kind) {
      case "expand":
        return this.expand(command.level);
      case "precede":
        return this.wayBack.name(command.wanted);
      case "tell-steps":
        return this.tellSteps();
      case "mark-leading":
        return this.ends.markLeading(command.circles);
      case "forget-marks":
        return this.ends.forget();
      case "mark":
        return this.ends.mark(command.level);
      case "mark-rest":
        return this.ends.markRest();
      case "name-livelock":
        return this.ends.nameNearest();
    }
  }

  private *expand(level: number): Work {
    const { search } = this;
    this.open = level === search.firstLevel ? search.set.count > 0 : search.finish(level - 1);
    yield* search.level(level, NO_LIMITS, this.visitor);
  }

  private *tellSteps(): Work {
    if (yield) return;
    this.send({ kind: "steps", pairs: stepsByDigest(this.search.automaton) });
  }

  /** Tells the coordinator of a state. */
  private find(kind: Found, fields: Int32Array, depth: number): void {
    const { layout } = this.search.set;
    const words = new Int32Array(layout.words);
    pack(layout, fields, words, 0);
    this.coordinator.add(layout, words, foundNumber(kind, depth));
  }

  private get standing(): Standing {
    const { search, neighbours, coordinator, ends, open, bytesTaken } = this;
    const { automaton, set, transitions, depth } = search;
    return {
      states: set.count,
      transitions,
      depth,
      bytes: search.byteLength + neighbours.byteLength + coordinator.byteLength + ends.byteLength,
      bytesTaken,
      carriedOut: automaton.carriedOut,
      heapBytes: automaton.locals.heapBytes,
      open,
      unmarked: ends.unmarked,
      boundHit: automaton.boundHit,
      full: set.full,
    };
  }
}
