import { sampler } from "../core/explore/sample/sample.ts";
import type { Benchmark } from "./harness.ts";
import { exploreModel, MODELS, startOf } from "./models.ts";
import { hasSpin, spinSearch, spinVerdict } from "./spin.ts";

const unreduced = MODELS.map((model): Benchmark => {
  const state = startOf(model);
  return {
    name: `explore, unreduced: ${model.name}`,
    amount: model.states,
    unit: "states",
    run: () => {
      const { states } = exploreModel(state, "L0");
      if (states !== model.states) throw new Error(`${model.name}: ${states} states, not ${model.states}`);
    },
    peer: { name: `SPIN, unreduced: ${model.name}`, of: "Searching all states, against SPIN" },
  };
});

/** The reduction that leads to the final states soonest. */
const VERDICT = "L4+dead+sym";
/** Verdicts in one run: the engine is warm, and the clock coarse. */
const VERDICTS = 10;

const verdicts = MODELS.map((model): Benchmark => {
  const state = startOf(model);
  return {
    name: `explore, verdict: ${model.name}`,
    amount: VERDICTS,
    unit: "verdicts",
    run: () => {
      for (let i = 0; i < VERDICTS; i++) exploreModel(state, VERDICT);
    },
    peer: {
      name: `SPIN, verdict: ${model.name}`,
      of: "Finding all outcomes, against SPIN with partial order reduction",
    },
  };
});

/** SPIN on the same models, where it is installed, to compare with: unreduced as above, and with its partial order reduction. */
const peers: Benchmark[] = hasSpin()
  ? [
      ...MODELS.map(
        (model): Benchmark => ({
          name: `SPIN, unreduced: ${model.name}`,
          amount: model.states,
          unit: "states",
          clock: "told",
          run: spinSearch(startOf(model), model.states),
        }),
      ),
      ...MODELS.map((model): Benchmark => {
        const state = startOf(model);
        return {
          name: `SPIN, verdict: ${model.name}`,
          amount: 1,
          unit: "verdicts",
          clock: "told",
          run: spinVerdict(state, () => exploreModel(state, VERDICT)),
        };
      }),
    ]
  : [];

const SAMPLES = 1_000_000;

const sampling: Benchmark = {
  name: "sample, store buffering of two threads",
  amount: SAMPLES,
  unit: "runs",
  run: () => {
    const from = startOf({ file: "sb.s", bufferCapacity: 8 });
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
