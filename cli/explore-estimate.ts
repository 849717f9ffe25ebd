import type { Estimate } from "../core/explore/search/estimate.ts";
import type { Model } from "../core/machine/state.ts";
import { grouped } from "../core/text/count.ts";
import { EXIT } from "./exit.ts";
import { print } from "./output.ts";

export interface EstimatedModel {
  readonly model: Model;
  readonly estimate: Estimate;
}

/**
 * Tells how large explorations will be. As JSON: `{interleave, estimates}`, by model `{states, bytes, exact, probed}`; states and bytes are null
 * where nothing can be said.
 * @returns the exit status
 */
export function printEstimates(estimates: readonly EstimatedModel[], json: boolean): number {
  if (json) {
    const byModel = estimates.map(({ model, estimate }) => [
      model,
      { ...estimate, states: estimate.states ?? null, bytes: estimate.bytes ?? null },
    ]);
    print(`${JSON.stringify({ interleave: 1, estimates: Object.fromEntries(byModel) }, null, 2)}\n`);
  } else {
    for (const { model, estimate } of estimates) print(`${model.toUpperCase()}: ${sentence(estimate)}\n`);
  }
  return EXIT.OK;
}

function sentence({ states, bytes, exact, probed }: Estimate): string {
  const seen = `${grouped(probed)} states`;
  if (exact) return `exactly ${seen}, seen while estimating`;
  if (states === undefined || bytes === undefined)
    return `more than ${seen}; how many cannot be guessed, since there is no end of growth in sight`;
  const about = grouped(Number(states.toPrecision(2)));
  const size = grouped(Math.ceil(bytes / 2 ** 20));
  return `about ${about} states and ${size} MB, guessed from how the first ${seen} grow in number: it can be wrong by a factor of ten, and does not notice a program that counts without end`;
}
