import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { declaredCells } from "../core/check/locations.ts";
import { parseReduction } from "../core/explore/reduction/reduction.ts";
import { exploreDivided } from "../test/explore/divided.ts";
import type { Benchmark } from "./harness.ts";
import { MODELS, startOf } from "./models.ts";

const model = MODELS.find((m) => m.name === "Peterson, 4 rounds")!;
const WHOLE = `explore, unreduced: ${model.name}`;

/**
 * The work of all partitions together, one after the other in this process: by how much it is more than that of one search is what dividing
 * costs, whatever the number of cores.
 */
const efficiency = [1, 2, 4].map((parts): Benchmark => {
  const start = startOf(model);
  const options = {
    observe: declaredCells(start.program),
    checks: [],
    reduction: parseReduction("L0")!,
    livelocks: false,
  };
  return {
    name: `explore, unreduced, ${parts === 1 ? "1 partition" : `${parts} partitions`}: ${model.name}`,
    amount: model.states,
    unit: "states",
    run: () => {
      const { states } = exploreDivided(start, options, parts);
      if (states !== model.states) throw new Error(`${states} states, not ${model.states}`);
    },
    peer: { name: WHOLE, of: "CPU efficiency of partitions, against one search" },
  };
});

/** The whole command on so many cores, as far as there are so many. */
const workers = [1, 2, 4, 8].filter((n) => n <= availableParallelism());

const wall = workers.map((n): Benchmark => {
  const words = [
    "explore",
    `bench/models/${model.file}`,
    "--model",
    "tso",
    "--buffer",
    "4",
    "--reduction",
    "L0",
  ];
  return {
    name: `interleave explore --workers ${n}: ${model.name}`,
    amount: 1,
    unit: "answers",
    clock: "wall",
    run: () =>
      spawnSync(process.execPath, ["dist/cli.js", ...words, "--workers", `${n}`], { stdio: "ignore" }),
    ...(n > 1 && {
      peer: {
        name: `interleave explore --workers 1: ${model.name}`,
        of: "Several workers, against one, on the clock",
      },
    }),
  };
});

export default [...efficiency, ...wall];
