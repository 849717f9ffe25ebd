import Mocha from "mocha";
import { startWorkerThread } from "../../../client/background/node.ts";
import { runIn } from "./host.ts";
import { options, runAndReport } from "./report.ts";

/** Called by VS Code in the Node extension host. */
export async function run(): Promise<void> {
  const mocha = new Mocha(options);
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  runIn({ startBackground: ({ fsPath }) => startWorkerThread(fsPath), ending: ".js" });
  await import("./all.ts");
  await runAndReport(mocha);
}
