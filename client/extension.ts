import type * as vscode from "vscode";
import { activateDebug } from "./debug/activate.ts";
import { activateExplore } from "./explore/activate.ts";
import { recognizeLanguage } from "./language.ts";
import { serveLanguages } from "./language-server.ts";
import { registerNewProgram } from "./new-program.ts";
import type { Platform } from "./platform.ts";
import { registerRun } from "./run-program.ts";
import { registerSweep } from "./sweep/panel.ts";

/** The body of the extension, the same on the desktop and in the browser. */
export function activateExtension(context: vscode.ExtensionContext, platform: Platform): void {
  context.subscriptions.push(
    ...recognizeLanguage(),
    ...serveLanguages(context, platform),
    ...registerRun(platform),
    registerNewProgram(context),
    registerSweep(context),
  );
  activateDebug(context);
  activateExplore(context, platform);
}
