import { describe, expect, test } from "vitest";
import { createExplorer } from "../../client/explore/explorer.ts";
import { createAnswerer } from "../../client/explore/worker/body.ts";
import type { FromWorker, ToWorker } from "../../client/explore/worker/protocol.ts";
import type { Background } from "../../client/platform.ts";
import type { Answer } from "../../core/explore/answer.ts";
import type { PartitionThread } from "../../core/explore/parallel/crew.ts";
import type { Question } from "../../core/explore/question.ts";
import { threadHere } from "../explore/divided.ts";

const question = (text: string): Question => ({
  text,
  name: "test.s",
  values: {},
  models: ["sc"],
  bufferCapacity: 8,
  maxStates: Number.POSITIVE_INFINITY,
  maxBytes: 2 ** 28,
});

const SMALL = question("#@ run -t 2\n.var x\nmov $1, x\nhalt\n");
const RACE = question("#@ run -t 3\n.var x\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nhalt\n");
const ENDLESS = question("#@ run -t 2\n.var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nj .top\n");

/** The worker's body without its thread. */
function startBackground<In, Out>(startThread = threadHere): Background<In, Out> {
  const background: Background<ToWorker, FromWorker> = {
    send: (message) => setTimeout(() => answer(message)),
    end: () => {},
    onMessage: () => {},
    onFailure: () => {},
  };
  const answer = createAnswerer((message) => background.onMessage(message), { cores: 1, startThread });
  return background as unknown as Background<In, Out>;
}

const bundle = (name: string): string => `${name}.js`;

/** What VS Code's `CancellationTokenSource` is. */
function cancellation() {
  let listener = (_: undefined): unknown => undefined;
  const token = {
    isCancellationRequested: false,
    onCancellationRequested(wanted: typeof listener) {
      listener = wanted;
      return { dispose: () => {} };
    },
  };
  return { token, cancel: () => listener(undefined) };
}

describe("The explorer", () => {
  test("answers in the background, one question while another goes on, and ends when it is told to", async () => {
    const explorer = createExplorer({ startBackground: () => startBackground(), bundle });
    const { token, cancel } = cancellation();
    const long = explorer.ask(ENDLESS, { token });
    expect(await explorer.ask(SMALL)).toMatchObject({ outcomes: [{ values: ["1"] }] });
    cancel();
    expect(await long).toMatchObject({ models: [{ limit: "cancelled" }] });
  });

  test("reports progress", async () => {
    const states: number[] = [];
    const explorer = createExplorer({ startBackground: () => startBackground(), bundle });
    const { token, cancel } = cancellation();
    const onProgress = (progress: { states: number }): void => {
      if (states.push(progress.states) === 3) cancel();
    };
    await explorer.ask(ENDLESS, { token, onProgress });
    expect(states.length).toBeGreaterThanOrEqual(3);
    expect(states.toSorted((a, b) => a - b)).toEqual(states);
  });

  /** An explorer whose parts of explorations run in threads like these, and how many of them run. */
  function withThreads(startThread: () => PartitionThread) {
    let running = 0;
    const start = (): PartitionThread => {
      const thread = startThread();
      const { end } = thread;
      running++;
      return Object.assign(thread, {
        end: () => {
          running--;
          end();
        },
      });
    };
    const background = <In, Out>() => startBackground<In, Out>(start);
    const explorer = createExplorer({ startBackground: background, bundle });
    return { explorer, running: () => running };
  }

  test("divides an exploration among threads, and ends them with it", async () => {
    const { explorer, running } = withThreads(threadHere);
    const { models } = (await explorer.ask(RACE)) as Answer;
    expect(await explorer.ask({ ...RACE, threads: 3 })).toMatchObject({ models });
    expect(running()).toBe(0);
  });

  test("ends a divided exploration when it is told to, and has threads for one at a time", async () => {
    const { explorer, running } = withThreads(threadHere);
    const { token, cancel } = cancellation();
    const long = explorer.ask({ ...ENDLESS, threads: 2 }, { token, onProgress: cancel });
    expect(await explorer.ask({ ...RACE, threads: 3 })).toHaveProperty("outcomes");
    expect(running()).toBe(2);
    expect(await long).toMatchObject({ models: [{ limit: "cancelled" }] });
    expect(running()).toBe(0);
  });

  test("tells that a thread has died, and goes on with the next question", async () => {
    const { explorer } = withThreads(() => {
      const thread = threadHere();
      setTimeout(() => thread.onFailure("out of memory"), 5);
      return thread;
    });
    const error = "the exploration broke off, because one of its threads died: out of memory";
    expect(await explorer.ask({ ...ENDLESS, threads: 2 })).toEqual({ error });
    expect(await explorer.ask(SMALL)).toHaveProperty("outcomes");
  });

  test("survives a worker that dies: its questions are answered, and the next one starts another", async () => {
    const started: Background<unknown, unknown>[] = [];
    const explorer = createExplorer({
      bundle,
      startBackground<In, Out>() {
        const background = startBackground<In, Out>();
        started.push(background as Background<unknown, unknown>);
        return background;
      },
    });
    const lost = explorer.ask(ENDLESS);
    started[0]!.onFailure("out of memory");
    expect(await lost).toEqual({ error: "the exploration broke off: out of memory" });
    expect(await explorer.ask(SMALL)).toHaveProperty("outcomes");
    expect(started).toHaveLength(2);
  });
});
