// `npm test`: every test that can run on this machine. The last line sums up: "N passed, N failed", with ", N skipped" where some were.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { findChromium, howToGetChromium } from "./chromium.mjs";
import { bin, inRoot, main, run, say } from "./lib.mjs";

const REPORT = inRoot("dist/test/report.json");

/** @returns {{ passed: number, failed: number, skipped: number }} what vitest's report says */
function counts() {
  if (!existsSync(REPORT)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(REPORT, "utf8"));
  // A file that cannot even be loaded holds no test that could fail.
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

await main(import.meta, async () => {
  rmSync(REPORT, { force: true });
  const status = await run(bin("vitest"), [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${REPORT}`,
  ]);
  if (!findChromium())
    say(`Skipped the tests in a real VS Code: there is no Chromium (${howToGetChromium}).`);
  const { passed, failed, skipped } = counts();
  // Anything else that vitest complains about, such as an unhandled rejection, is a failure, too.
  const failures = status !== 0 && failed === 0 ? 1 : failed;
  console.log(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  if (failures > 0) process.exitCode = 1;
});
