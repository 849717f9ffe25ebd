/** What the launcher looks for in the log of the extension host: without it, a host that died would count as a success. */
export const SUMMARY = "INTERLEAVE-SUITE";

/** Marks a failed test in the log. */
export const FAILED = "INTERLEAVE-FAILED";

/** What mocha is made with. Its own reports are left out: the one for the browser wants a page. */
export const options = { ui: "bdd", timeout: 20_000, reporter: class {} } as unknown as Mocha.MochaOptions & {
  ui: "bdd";
};

interface Runner {
  on(event: "pass", listener: (test: { title: string }) => void): unknown;
  on(event: "fail", listener: (test: { title: string }, error: Error) => void): unknown;
}

/**
 * Runs mocha's tests to their end, and logs every failure and a summary.
 * @throws when a test failed or none ran
 */
export async function runAndReport(mocha: { run(done: (failures: number) => void): Runner }): Promise<void> {
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", () => passed++);
    runner.on("fail", (test, error) =>
      console.error(`${FAILED} ${test.title}\n${error.stack ?? error.message}`),
    );
  });
  console.log(`${SUMMARY} ${JSON.stringify({ passed, failed })}`);
  if (failed > 0 || passed === 0) throw new Error(`${passed} passed, ${failed} failed in the extension host`);
}
