import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EXAMPLES, titleOf } from "../../client/examples.ts";
import { inRoot } from "../../scripts/lib.mjs";

test("every example is offered, with what it says of itself", () => {
  expect([...EXAMPLES].sort()).toEqual(readdirSync(inRoot("examples")).sort());
  for (const name of EXAMPLES) {
    const title = titleOf(readFileSync(inRoot(`examples/${name}`), "utf8"));
    expect(title).toMatch(/^[A-Z].{20,}/);
  }
  expect(titleOf('X86 SB\n"Two stores, two loads"\n{ x=0; }\n')).toBe("Two stores, two loads");
});
