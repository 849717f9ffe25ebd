// `npm run check`: everything that can be said about the sources without running them.
import { bin, main, Problem, run, say } from "./lib.mjs";

/** @type {readonly [string, string, string[]][]} */
const checks = [
  ["types", "tsc", ["-p", "."]],
  // Once more with neither Node's nor a browser's names in sight, and with no file outside core.
  ["types of core alone", "tsc", ["-p", "core"]],
  // With a browser's names, for pages and for what the tests inject into them.
  ["types of the webviews", "tsc", ["-p", "client/webview"]],
  ["types of the editor tests", "tsc", ["-p", "test/editor"]],
  // The import boundaries are lint rules, see "overrides" in biome.json.
  ["lint, format, import boundaries", "biome", ["ci", "--error-on-warnings", "--colors=off"]],
  ["dead code", "knip", []],
];

await main(import.meta, async () => {
  let failures = 0;
  for (const [what, command, args] of checks) {
    const started = Date.now();
    const status = await run(bin(command), args, { quiet: true });
    if (status !== 0) failures++;
    say(`${status === 0 ? "ok" : "FAILED"}: ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
  if (failures > 0) throw new Problem(`npm run check: ${failures} of ${checks.length} checks failed`);
});
