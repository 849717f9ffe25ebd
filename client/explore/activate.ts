import * as vscode from "vscode";
import type { Witness } from "../../core/explore/answer.ts";
import type { Backend } from "../../hardware/emit.ts";
import type { Platform } from "../platform.ts";
import { reportDiagnostics } from "./diagnostics.ts";
import { documentOf, questionAbout, SELECTOR } from "./documents.ts";
import { createExplorer } from "./explorer.ts";
import { fromHere } from "./from-here.ts";
import { canRun, trustedProcessor } from "./hardware/trust.ts";
import { createLensProvider } from "./lens.ts";
import { ON_DEMAND } from "./limits.ts";
import { createLiveAnswers } from "./live.ts";
import { type OutcomesPanel, openOutcomes } from "./outcomes/panel.ts";
import { createTestController } from "./tests/controller.ts";
import { debugWitness } from "./witness.ts";

/** Everything about exploring all interleavings: results as one types, the view of outcomes, witnesses, tests. */
export function activateExplore(context: vscode.ExtensionContext, platform: Platform): void {
  const { extensionUri } = context;
  const explorer = createExplorer(platform);
  const processor = trustedProcessor(platform);
  const answers = createLiveAnswers(explorer);
  const lenses = createLensProvider(answers, processor);
  const panels = new Map<string, OutcomesPanel>();

  const explore = async (argument?: unknown): Promise<OutcomesPanel | undefined> => {
    const document = await documentOf(argument);
    if (!document) return undefined;
    const key = document.uri.toString();
    const open = panels.get(key);
    if (open) {
      open.reveal();
      return open;
    }
    const question = (text: string) => questionAbout(document.uri, text, ON_DEMAND);
    const panel = openOutcomes({ extensionUri, explorer, processor, document, question });
    panels.set(key, panel);
    panel.onDidDispose(() => panels.delete(key));
    return panel;
  };
  const runOn = (backend: Backend) => async (argument?: unknown) => {
    if (canRun(processor, backend)) await (await explore(argument))?.runOnThisCpu(backend);
  };
  const exploreFromHere = async (): Promise<void> => {
    const here = await fromHere();
    if (here) openOutcomes({ extensionUri, explorer, processor, ...here });
  };
  context.subscriptions.push(
    explorer,
    answers,
    lenses,
    reportDiagnostics(answers),
    createTestController(explorer, processor),
    vscode.languages.registerCodeLensProvider(SELECTOR, lenses),
    vscode.commands.registerCommand("interleave.explore", async (argument?: unknown) => {
      await explore(argument);
    }),
    vscode.commands.registerCommand("interleave.runOnThisCpu", runOn("threads")),
    vscode.commands.registerCommand("interleave.runOnThisCpuKvm", runOn("kvm")),
    vscode.commands.registerCommand("interleave.exploreFromHere", exploreFromHere),
    vscode.commands.registerCommand("interleave.debugWitness", (uri: vscode.Uri, witness: Witness) =>
      debugWitness(uri, witness),
    ),
  );
}
