import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Benchmark, measure, type Result } from "./harness.ts";

/**
 * Measures the benchmarks and prints a table; `--save` makes the measured scores the new baseline, words select benchmarks by name. The
 * baseline holds scores, not seconds, so that it means something on another machine.
 */
export function main(benchmarks: readonly Benchmark[], args: readonly string[], baselineFile: string): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { save: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const selected = benchmarks.filter(({ name }) => positionals.every((word) => name.includes(word)));
  const baseline: Record<string, number> = readBaseline(baselineFile);
  const width = Math.max(0, ...selected.map(({ name }) => name.length));
  const results = measure(selected, (result) => console.log(row(result, baseline[result.name], width)));
  printComparisons(selected, results);
  if (!values.save) return;
  for (const { name, score } of results) baseline[name] = Number(score.toPrecision(4));
  const known = Object.entries(baseline).filter(([name]) => benchmarks.some((b) => b.name === name));
  writeFileSync(baselineFile, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}

/** How many times as fast as its peer each benchmark is that has been measured together with it, and the geometric means. */
function printComparisons(benchmarks: readonly Benchmark[], results: readonly Result[]): void {
  const rates = new Map(results.map(({ name, rate }) => [name, rate]));
  const groups = new Map<string, { readonly name: string; readonly ratio: number }[]>();
  for (const { name, peer } of benchmarks) {
    const other = peer && rates.get(peer.name);
    if (other === undefined) continue;
    groups.set(peer!.of, [...(groups.get(peer!.of) ?? []), { name, ratio: rates.get(name)! / other }]);
  }
  for (const [of, pairs] of groups) {
    console.log(`\n${of}`);
    for (const { name, ratio } of pairs) console.log(`  ${name}: ${times(ratio)}`);
    const mean = Math.exp(pairs.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / pairs.length);
    console.log(`  geometric mean: ${times(mean)}`);
  }
}

const times = (ratio: number): string => `${ratio.toPrecision(3)} times as fast`;

function readBaseline(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

function row({ name, unit, rate, score }: Result, before: number | undefined, width: number): string {
  const change = before === undefined ? "new" : `${(score / before).toFixed(2)} × baseline`;
  return `${name.padEnd(width)}  ${perSecond(rate).padStart(8)} ${unit}/s  ${change}`;
}

/** Three digits and a prefix: 1230000 is `1.23 M`. */
function perSecond(rate: number): string {
  const step = Math.min(3, Math.max(0, Math.floor(Math.log10(rate) / 3)));
  const prefix = ["", " k", " M", " G"][step];
  return `${Number((rate / 1000 ** step).toPrecision(3))}${prefix}`;
}
