import "mocha/mocha";
import { options, runAndReport } from "./report.ts";

/** Called by VS Code in the web worker host. */
export async function run(): Promise<void> {
  mocha.setup(options);
  await import("./all.ts");
  await runAndReport(mocha);
}
