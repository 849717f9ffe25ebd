import type { Circles } from "../search/circles.ts";
import type { Packet } from "./packet.ts";

/** What the coordinator of a divided exploration tells one of its partitions. */
export type ToPartition = Command | { readonly kind: "stop" } | ToNeighbour;

/** What is to be done; `stop` ends it, and means nothing when it is done. */
export type Command =
  /** Take the steps of all own states of a level; all states of it have been sent. */
  | { readonly kind: "expand"; readonly level: number }
  /** Name the own states that may come right before these; with each comes its depth. */
  | { readonly kind: "precede"; readonly wanted: readonly Packet[] }
  /** Tell the steps that local states have. */
  | { readonly kind: "tell-steps" }
  /** Mark the own states in which a step does not stay in a circle. */
  | { readonly kind: "mark-leading"; readonly circles: Circles }
  /** Forget all marks. */
  | { readonly kind: "forget-marks" }
  /** Mark the own states of a level that can end. */
  | { readonly kind: "mark"; readonly level: number }
  /** Look again at all states that are not marked. */
  | { readonly kind: "mark-rest" }
  /** Name a nearest own state that is not marked. */
  | { readonly kind: "name-livelock" };

/** What one partition tells another. */
export type ToNeighbour =
  /** Each state with its level, or as a `QUESTION`. */
  | { readonly kind: "states"; readonly from: number; readonly packet: Packet }
  /** A byte for each question, in order. */
  | { readonly kind: "answer"; readonly from: number; readonly marked: Uint8Array };

/** Behind a state, instead of a level: is it marked? */
export const QUESTION = -1;

/** What a partition tells. All messages from one to another arrive in the order in which they were sent, and through the coordinator. */
export type FromPartition =
  | { readonly kind: "neighbour"; readonly to: number; readonly message: ToNeighbour }
  /** For the coordinator itself: states with a `FOUND` and a depth, see `foundNumber`. */
  | { readonly kind: "found"; readonly packet: Packet }
  /** As `stepsByDigest` does. */
  | { readonly kind: "steps"; readonly pairs: Int32Array }
  | { readonly kind: "progress"; readonly standing: Standing }
  /** What was told to be done is done. */
  | { readonly kind: "done"; readonly standing: Standing };

/** How far a partition is. */
export interface Standing {
  readonly states: number;
  readonly transitions: number;
  /** The last level of which it has states. */
  readonly depth: number;
  readonly bytes: number;
  /** Of all messages from its neighbours that it has taken in so far. */
  readonly bytesTaken: number;
  /** Transitions carried out to fill tables, and what of these lies on the heap. */
  readonly carriedOut: number;
  readonly heapBytes: number;
  /** Whether there are states of the level that was begun last, or that wait for a later one. */
  readonly open: boolean;
  /** States that are not marked. */
  readonly unmarked: number;
  readonly boundHit: boolean;
  /** Whether there was no memory for more states. */
  readonly full: boolean;
}

/** How far it is before it has done anything. */
export const NOTHING_YET: Standing = {
  states: 0,
  transitions: 0,
  depth: 0,
  bytes: 0,
  bytesTaken: 0,
  carriedOut: 0,
  heapBytes: 0,
  open: true,
  unmarked: 0,
  boundHit: false,
  full: false,
};

/** Why a state is sent to the coordinator. */
export const FOUND = { TERMINAL: 0, FAULT: 1, BROKEN: 2, BEFORE: 3, LIVELOCK: 4 } as const;

export type Found = (typeof FOUND)[keyof typeof FOUND];

const KINDS = 8;

export const foundNumber = (kind: Found, depth: number): number => depth * KINDS + kind;

export const readFound = (number: number): { readonly kind: number; readonly depth: number } => ({
  kind: number % KINDS,
  depth: Math.floor(number / KINDS),
});

/** The buffers of a message that can be handed over instead of being copied; the sender must not use them any more. */
export function buffersOf(message: ToPartition | FromPartition): ArrayBuffer[] {
  const inner = message.kind === "neighbour" ? message.message : message;
  if (inner.kind === "answer") return [inner.marked.buffer as ArrayBuffer];
  if (inner.kind === "steps") return [inner.pairs.buffer as ArrayBuffer];
  const packets = "packet" in inner ? [inner.packet] : inner.kind === "precede" ? inner.wanted : [];
  return packets.flatMap((p) => [p.words, p.locals, p.memories].map(({ buffer }) => buffer as ArrayBuffer));
}

/** Bytes of a message, but for what it says in so many words. */
export const bytesOf = (message: ToPartition | FromPartition): number =>
  buffersOf(message).reduce((sum, buffer) => sum + buffer.byteLength, 0);
