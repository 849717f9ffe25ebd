import "mocha/mocha";
import { startWebWorker } from "../../../client/background/browser.ts";
import { runIn } from "./host.ts";
import { options, runAndReport } from "./report.ts";

/** Called by VS Code in the web worker host. */
export async function run(): Promise<void> {
  mocha.setup(options);
  runIn({ startBackground: (bundle) => startWebWorker(bundle.toString(true)), ending: ".web.js" });
  await import("./all.ts");
  await runAndReport(mocha);
}
