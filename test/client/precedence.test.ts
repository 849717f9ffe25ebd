import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPrecedence, PATIENCE } from "../../client/debug/precedence.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Precedence, and a function that lets a word follow; what was done so far is in `done`. */
function precedence() {
  const done: string[] = [];
  const { lead, follow } = createPrecedence();
  return { done, lead, follow, say: (word: string): void => follow(() => void done.push(word)) };
}

describe("Precedence", () => {
  it("lets others act at once while nobody goes first", () => {
    const { done, say } = precedence();
    say("stopped");
    expect(done).toEqual(["stopped"]);
  });

  it("makes others wait for all who go first, and keeps their order", () => {
    const { done, lead, say } = precedence();
    const [one, other] = [lead(), lead()];
    say("status");
    say("stopped");
    one();
    one();
    expect(done).toEqual([]);
    other();
    say("threads");
    expect(done).toEqual(["status", "stopped", "threads"]);
  });

  it("is not given for longer than others have patience", () => {
    const { done, lead, say } = precedence();
    const end = lead();
    say("stopped");
    vi.advanceTimersByTime(PATIENCE - 1);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(["stopped"]);
    lead();
    end();
    say("status");
    expect(done).toEqual(["stopped"]);
  });

  it("may be taken while others catch up: the rest of them wait again", () => {
    const { done, lead, follow, say } = precedence();
    const end = lead();
    follow(() => void lead());
    say("stopped");
    end();
    expect(done).toEqual([]);
    vi.advanceTimersByTime(PATIENCE);
    expect(done).toEqual(["stopped"]);
  });
});
