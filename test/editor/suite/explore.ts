import type { Question } from "../../../core/explore/question.ts";
import { equal } from "./check.ts";
import { explorerHere } from "./host.ts";

const RACE: Question = {
  name: "race.s",
  text: "#@ run -t 3\n.var x\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nhalt\n",
  values: {},
  models: ["sc", "tso"],
  bufferCapacity: 8,
  maxStates: 100_000,
  maxBytes: 2 ** 28,
};

describe("Exploration in the background", () => {
  it("is divided among threads with the same answer", async () => {
    const explorer = explorerHere();
    const alone = await explorer.ask(RACE);
    const divided = await explorer.ask({ ...RACE, threads: 2 });
    explorer.dispose();
    if ("error" in alone || "error" in divided) throw new Error(JSON.stringify([alone, divided]));
    equal(divided.models, alone.models);
    equal(
      divided.outcomes.map((o) => o.values),
      alone.outcomes.map((o) => o.values),
    );
  });
});
