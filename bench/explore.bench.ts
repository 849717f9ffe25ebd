import { sampler } from "../core/explore/sample.ts";
import type { Benchmark } from "./harness.ts";
import { exploreModel, MODELS, startOf } from "./models.ts";
import { hasSpin, spinVerifier } from "./spin.ts";

const unreduced: Benchmark[] = MODELS.map((model) => {
  const state = startOf(model);
  return {
    name: `explore, unreduced: ${model.name}`,
    amount: model.states,
    unit: "states",
    run: () => {
      const { states } = exploreModel(state, "L0");
      if (states !== model.states) throw new Error(`${model.name}: ${states} states, not ${model.states}`);
    },
  };
});

const verdicts: Benchmark[] = MODELS.map((model) => {
  const state = startOf(model);
  return {
    name: `explore, verdict: ${model.name}`,
    amount: 1,
    unit: "verdicts",
    run: () => void exploreModel(state, "L4+dead+sym"),
  };
});

/** SPIN on the same models, where it is installed, to compare with: unreduced as above, and with its partial order reduction. */
const peers: Benchmark[] = (hasSpin() ? MODELS : []).flatMap((model): Benchmark[] => {
  const full = spinVerifier(startOf(model), ["-DNOREDUCE"]);
  const usual = spinVerifier(startOf(model), []);
  return [
    {
      name: `SPIN, unreduced: ${model.name}`,
      amount: model.states,
      unit: "states",
      clock: "wall",
      run: () => full(model.states),
    },
    {
      name: `SPIN, verdict: ${model.name}`,
      amount: 1,
      unit: "verdicts",
      clock: "wall",
      run: () => usual(),
    },
  ];
});

const SAMPLES = 1_000_000;

const sampling: Benchmark = {
  name: "sample, store buffering of two threads",
  amount: SAMPLES,
  unit: "runs",
  run: () => {
    const from = startOf({ name: "SB", file: "sb.s", bufferCapacity: 8, states: 34 });
    const observe = [0, 1].map((thread) => ({ kind: "register", thread, register: 1 }) as const);
    const runs = sampler(from, {
      observe,
      runs: SAMPLES,
      seed: 1,
      chooser: { kind: "uniform" },
      maxSteps: 1000,
    });
    while (!runs.next().done);
  },
};

export default [...unreduced, ...verdicts, ...peers, sampling];
