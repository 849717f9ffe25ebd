import { expect, test } from "vitest";
import type { Steps } from "../../core/text/steps.ts";
import { inSlices } from "../../server/in-slices.ts";

function* count(to: number, visit: (i: number) => void = () => {}): Steps<number> {
  for (let i = 0; i < to; i++) {
    visit(i);
    yield;
  }
  return to;
}

test("work in slices comes to what it would at once", async () => {
  expect(await inSlices(count(10), () => true)).toBe(10);
});

test("others have their turn between slices", async () => {
  const order: string[] = [];
  setTimeout(() => order.push("other"), 0);
  await inSlices(
    count(3, (i) => order.push(`step ${i}`)),
    () => true,
    0,
  );
  expect(order).toEqual(["other", "step 0", "step 1", "step 2"]);
  const work = inSlices(
    count(3, (i) => order.push(`step ${i}`)),
    () => true,
    0,
  );
  setTimeout(() => order.push("later"), 0);
  await work;
  expect(order.slice(4)).toEqual(["step 0", "later", "step 1", "step 2"]);
});

test("work that is no longer wanted is given up before its next step", async () => {
  let steps = 0;
  expect(
    await inSlices(
      count(10, () => steps++),
      () => steps < 4,
    ),
  ).toBeUndefined();
  expect(steps).toBe(4);
});

test("an error in the work is the caller's", async () => {
  const work = count(1, () => {
    throw new Error("broken");
  });
  await expect(inSlices(work, () => true)).rejects.toThrow("broken");
});
