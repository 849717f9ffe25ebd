import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { paced } from "../../client/debug/paced.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a paced function", () => {
  const act = vi.fn();
  const timesAfter = (milliseconds: number): number => {
    vi.advanceTimersByTime(milliseconds);
    return act.mock.calls.length;
  };
  beforeEach(() => {
    act.mockClear();
  });

  it("acts at once, and again at its distance, once for all calls meanwhile", () => {
    const call = paced(act);
    call(100);
    expect(timesAfter(0)).toBe(1);
    call(100);
    call(100);
    expect(timesAfter(99)).toBe(1);
    expect(timesAfter(1)).toBe(2);
    expect(timesAfter(1000)).toBe(2);
    call(100);
    expect(timesAfter(0)).toBe(3);
    call(100);
    call.dispose();
    expect(timesAfter(1000)).toBe(3);
  });

  it("does what may be done sooner without waiting for what may not", () => {
    const call = paced(act);
    call(250);
    call(250);
    expect(timesAfter(30)).toBe(1);
    call(40);
    call(250);
    expect(timesAfter(9)).toBe(1);
    expect(timesAfter(1)).toBe(2);
    expect(timesAfter(1000)).toBe(2);
    call(250);
    call(250);
    expect(timesAfter(60)).toBe(3);
    call(40);
    expect(timesAfter(0)).toBe(4);
    expect(timesAfter(1000)).toBe(4);
  });
});
