import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Model } from "../../core/machine/state.ts";

/** One recorded answer of herd7. */
export interface Golden {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly kind: string;
  readonly states: readonly string[];
  /** The counts depend on a loop. */
  readonly loop: boolean;
  readonly ok: boolean;
  readonly positive: number;
  readonly negative: number;
  readonly condition: string;
  readonly observation: string;
  readonly hash: string;
}

const folder = path.join(import.meta.dirname, "..", "..", "..", "shared", "goldens", "litmus");

/** The recorded answers lie beside the repository; tests that need them are skipped where they are not there. */
export const goldensAreMissing = !existsSync(folder);

export function goldens(corpus: "templates" | "diy", model: Model): Golden[] {
  const lines = readFileSync(path.join(folder, corpus, `expected.${model}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => {
    const golden = JSON.parse(line) as Golden;
    return { ...golden, text: readFileSync(path.join(folder, corpus, golden.file), "utf8") };
  });
}
