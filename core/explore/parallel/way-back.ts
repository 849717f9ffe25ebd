import type { WideIntegers } from "../../machine/wide.ts";
import type { Search } from "../search/search.ts";
import { Predecessors } from "../witness/predecessors.ts";
import { Inbox, type Packet } from "./packet.ts";
import { FOUND, type Found } from "./protocol.ts";

/** States looked up between two yields. */
const WORK_PER_TURN = 8192;

/** Names the states of a partition from which the search may have reached states that the coordinator wants. */
export class WayBack {
  private readonly search: Search;
  private readonly inbox: Inbox;
  private readonly find: (kind: Found, fields: Int32Array, depth: number) => void;
  private predecessors: Predecessors | undefined;
  /** Local states and memories that there were when the search was over. */
  private locals = 0;
  private memories = 0;

  constructor(
    search: Search,
    wide: WideIntegers,
    find: (kind: Found, fields: Int32Array, depth: number) => void,
  ) {
    this.search = search;
    this.inbox = new Inbox(search.automaton, wide);
    this.find = find;
  }

  /** @param wanted states, each with its depth */
  *name(wanted: readonly Packet[]): Generator<void, void, boolean | undefined> {
    const states: { readonly fields: Int32Array; readonly depth: number }[] = [];
    const predecessors = this.begin();
    for (const packet of wanted) {
      this.inbox.open(packet, (fields, depth) => states.push({ fields: fields.slice(), depth }));
    }
    let work = 0;
    for (const { fields, depth } of states) {
      if (!this.isKnown(fields)) continue;
      work += predecessors.look(fields, depth, (before, level) => {
        this.find(FOUND.BEFORE, before, level);
        return false; // whether the search took that very step the coordinator finds out
      });
      if (work < WORK_PER_TURN) continue;
      work = 0;
      if (yield) return;
    }
  }

  private begin(): Predecessors {
    const { automaton, set } = this.search;
    if (!this.predecessors) {
      set.flush(); // a search that was ended has left states in its queues
      this.locals = automaton.locals.count;
      this.memories = automaton.memories.count;
      this.predecessors = new Predecessors(this.search);
    }
    return this.predecessors;
  }

  /** Whether this partition has met all parts of a state; it could not have reached it otherwise. */
  private isKnown(fields: Int32Array): boolean {
    const last = fields.length - 1;
    return fields.every((number, f) => number < (f === last ? this.memories : this.locals));
  }
}
