import * as vscode from "vscode";
import type { Witness } from "../../core/explore/answer.ts";
import { DEBUG_TYPE } from "../debug/configuration.ts";
import { nameOf as debuggerName } from "../debug/uri.ts";
import { fileName } from "./documents.ts";
import { nameOf } from "./words.ts";

/** What a witness does not say of how its program starts. */
export interface LaunchAttributes {
  readonly args?: string | readonly string[];
}

/** Starts a debug session that has gone a witness's way, stands at its end and can step back through it. */
export async function debugWitness(
  uri: vscode.Uri,
  witness: Witness,
  launch: LaunchAttributes = {},
): Promise<void> {
  const name = `Witness of ${fileName(uri)} (${nameOf(witness.model)})`;
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
    createDebugAdapterTracker: (session) =>
      session.name === name ? goToEnd(session, witness.length) : undefined,
  });
  const { model, schedule } = witness;
  const configuration = {
    ...launch,
    type: DEBUG_TYPE,
    request: "launch",
    name,
    program: debuggerName(uri),
    model,
    schedule,
    stopOnEntry: true,
  };
  try {
    await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), configuration);
  } finally {
    tracker.dispose();
  }
}

/** The adapter puts the schedule ahead and stops at the entry; from there this goes to the end. */
function goToEnd(session: vscode.DebugSession, index: number): vscode.DebugAdapterTracker {
  let arrived = false;
  return {
    onDidSendMessage(message: { readonly type: string; readonly event?: string }) {
      if (arrived || message.type !== "event" || message.event !== "stopped") return;
      arrived = true;
      void session.customRequest("interleave/goto", { index });
    },
  };
}

export async function copySchedule({ schedule }: Witness): Promise<void> {
  await vscode.env.clipboard.writeText(schedule);
  void vscode.window.setStatusBarMessage("Schedule copied", 3000);
}
