import Mocha from "mocha";
import { options, runAndReport } from "./report.ts";

/** Called by VS Code in the Node extension host. */
export async function run(): Promise<void> {
  const mocha = new Mocha(options);
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await import("./all.ts");
  await runAndReport(mocha);
}
