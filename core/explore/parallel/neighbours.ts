import type { WideIntegers } from "../../machine/wide.ts";
import { Places } from "../search/livelock.ts";
import type { Search } from "../search/search.ts";
import type { Elsewhere } from "../states/elsewhere.ts";
import type { Layout } from "../states/layout.ts";
import { Owners } from "./owners.ts";
import { Inbox, Outbox, type Packet } from "./packet.ts";
import { type FromPartition, QUESTION } from "./protocol.ts";

/** The way to one of the others and back. */
interface Neighbour {
  readonly out: Outbox;
  readonly in: Inbox;
  /** For the sake of which states questions have been asked that are not answered, in order. */
  asked: Places;
}

/** The other partitions as one of them sees them, and which states are theirs. */
export class Neighbours implements Elsewhere {
  /** Questions that have not been answered. */
  waiting = 0;
  readonly place: Place;
  private readonly owners: Owners;
  private readonly tell: (message: FromPartition) => void;
  private readonly neighbours: readonly Neighbour[];
  /** Of the state that was asked for last. */
  private owner = 0;

  constructor(
    { automaton }: Search,
    wide: WideIntegers,
    place: Place,
    send: (message: FromPartition) => void,
  ) {
    this.place = place;
    this.tell = send;
    this.owners = new Owners(automaton, wide, place.parts);
    const from = place.index;
    this.neighbours = Array.from({ length: place.parts }, (_, to) => ({
      out: new Outbox(automaton, wide, (packet) =>
        send({ kind: "neighbour", to, message: { kind: "states", from, packet } }),
      ),
      in: new Inbox(automaton, wide),
      asked: new Places(),
    }));
  }

  from(fields: Int32Array): void {
    this.owner = this.owners.from(fields);
  }

  has(local: number, nextLocal: number, memory: number, nextMemory: number): boolean {
    this.owner = this.owners.after(local, nextLocal, memory, nextMemory);
    return this.owner !== this.place.index;
  }

  /** Whether a state belongs to one of them. */
  own(fields: Int32Array): boolean {
    return this.owners.from(fields) !== this.place.index;
  }

  digests(): ReturnType<Owners["digests"]> {
    return this.owners.digests();
  }

  send(layout: Layout, words: Int32Array, level: number, owner = this.owner): void {
    this.neighbours[owner]!.out.addOnce(layout, words, level);
  }

  ask(layout: Layout, words: Int32Array, bucket: number, position: number): void {
    const { out, asked } = this.neighbours[this.owner]!;
    asked.push(bucket, position);
    this.waiting++;
    out.add(layout, words, QUESTION);
  }

  /** Sends what waits to be sent. */
  flush(): void {
    for (const { out } of this.neighbours) out.flush();
  }

  /** Takes in what a neighbour has sent, and answers its questions. */
  open(from: number, packet: Packet, { arrive, isMarked }: Receiver): void {
    const marked: number[] = [];
    this.neighbours[from]!.in.open(packet, (fields, about) => {
      if (about === QUESTION) marked.push(isMarked(fields) ? 1 : 0);
      else arrive(fields, about);
    });
    if (marked.length === 0) return;
    const message = { kind: "answer", from: this.place.index, marked: Uint8Array.from(marked) } as const;
    this.tell({ kind: "neighbour", to: from, message });
  }

  /** Hands over the states for whose sake questions were asked to which the answer is yes. */
  answered(from: number, marked: Uint8Array, take: (bucket: number, position: number) => void): void {
    const neighbour = this.neighbours[from]!;
    const { asked } = neighbour;
    neighbour.asked = new Places();
    for (let i = 0; i < asked.length; i++) {
      const bucket = asked.bucket[i]!;
      const position = asked.position[i]!;
      if (i >= marked.length) neighbour.asked.push(bucket, position);
      else if (marked[i] === 1) take(bucket, position);
    }
    this.waiting -= marked.length;
  }

  get byteLength(): number {
    return this.neighbours.reduce(
      (sum, n) => sum + n.in.byteLength + n.out.byteLength,
      this.owners.byteLength,
    );
  }
}

/** What becomes of states that come in. */
interface Receiver {
  readonly arrive: (fields: Int32Array, level: number) => void;
  readonly isMarked: (fields: Int32Array) => boolean;
}

/** Which of how many partitions one is. */
export interface Place {
  readonly index: number;
  readonly parts: number;
}
