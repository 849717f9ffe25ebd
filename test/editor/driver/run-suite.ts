import type { Page } from "playwright-core";
import { FAILED, SUMMARY } from "../suite/report.ts";
import { openHost } from "./host.ts";

const TIMEOUT_MS = 100_000;

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** What the tests reported; if they did not come to their end, the last that the extension host logged. */
  readonly report: string;
}

/**
 * Runs the tests of `test/editor/suite` inside VS Code, in the Node extension host or in the web worker host.
 * @param tests the bundle, relative to the repository
 */
export async function runSuite(kind: "node" | "web", tests: string, workspace: string): Promise<SuiteResult> {
  const log: string[] = [];
  let exited!: () => void;
  const exit = new Promise<void>((resolve) => {
    exited = resolve;
  });
  // The names by which the workbench calls the program that started it.
  const prepare = async (page: Page): Promise<void> => {
    await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => {
      log.push(args.map(String).join(" "));
    });
    await page.exposeFunction("codeAutomationExit", () => exited());
  };
  const host = await openHost({ kind, workspace, tests, prepare });
  try {
    const timer = setTimeout(() => {
      log.push(`the tests did not end within ${TIMEOUT_MS / 1000} s`);
      exited();
    }, TIMEOUT_MS);
    await exit;
    clearTimeout(timer);
  } finally {
    await host.close();
  }
  const summary = log.findLast((line) => line.includes(SUMMARY));
  const counts = summary && JSON.parse(summary.slice(summary.indexOf(SUMMARY) + SUMMARY.length));
  const told = summary ? log.filter((line) => line.includes(FAILED) || line === summary) : log.slice(-20);
  return { passed: 0, failed: 1, ...counts, report: told.join("\n") };
}
