import type { Event } from "./coordinator.ts";
import { buffersOf, type FromPartition, type ToPartition } from "./protocol.ts";
import type { Seed } from "./seed.ts";

/** A thread that runs a partition, see `servePartition`. */
export interface PartitionThread {
  /** The first message is the partition's seed. @param buffers are handed over instead of being copied */
  send(message: Seed | ToPartition, buffers: ArrayBuffer[]): void;
  /** Ends it at once, whatever it does. */
  end(): void;
  /** Set by whoever started it. */
  onMessage: (message: FromPartition) => void;
  /** It has died; why. Set by whoever started it. */
  onFailure: (why: string) => void;
}

/** Threads for all partitions of an exploration, and what comes from them. */
export class Crew {
  readonly size: number;
  /** Whether anything has ever come from its threads. */
  hasWorked = false;
  hasEnded = false;
  private readonly threads: PartitionThread[] = [];
  private readonly wake: () => void;
  private readonly events: Event[] = [];
  private failure: string | undefined;

  /**
   * @param startThread may throw where there can be no threads
   * @param wake called when there is something new to `take`
   */
  constructor(seeds: readonly Seed[], startThread: () => PartitionThread, wake: () => void) {
    this.size = seeds.length;
    this.wake = wake;
    try {
      for (const seed of seeds) this.add(seed, startThread());
    } catch (error) {
      this.failure = String(error);
    }
  }

  send(to: number, message: ToPartition): void {
    this.threads[to]?.send(message, buffersOf(message));
  }

  /** Whether nothing new has come. */
  get isIdle(): boolean {
    return this.events.length === 0 && this.failure === undefined;
  }

  /**
   * What has come next, if anything has.
   * @throws DeadThread
   */
  take(): Event | undefined {
    if (this.failure !== undefined) throw new DeadThread(this.failure);
    return this.events.shift();
  }

  /** Ends all threads at once. */
  end(): void {
    this.hasEnded = true;
    for (const thread of this.threads) {
      thread.onFailure = () => {};
      thread.end();
    }
  }

  private add(seed: Seed, thread: PartitionThread): void {
    const from = this.threads.push(thread) - 1;
    thread.onMessage = (message) => {
      this.hasWorked = true;
      this.events.push({ kind: "message", from, message });
      this.wake();
    };
    thread.onFailure = (why) => {
      this.failure ??= why;
      this.wake();
    };
    thread.send(seed, []);
  }
}

/** One of a crew's threads has died. The message is the reason alone. */
export class DeadThread extends Error {}
