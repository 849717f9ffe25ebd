import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { paced } from "../../client/debug/paced.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("a paced function acts at once, and again at its distance, once for all calls meanwhile", () => {
  const act = vi.fn();
  const call = paced(act, 100);
  const timesAfter = (milliseconds: number): number => {
    vi.advanceTimersByTime(milliseconds);
    return act.mock.calls.length;
  };
  call();
  expect(timesAfter(0)).toBe(1);
  call();
  call();
  expect(timesAfter(99)).toBe(1);
  expect(timesAfter(1)).toBe(2);
  expect(timesAfter(1000)).toBe(2);
  call();
  expect(timesAfter(0)).toBe(3);
  call();
  call.dispose();
  expect(timesAfter(1000)).toBe(3);
});
