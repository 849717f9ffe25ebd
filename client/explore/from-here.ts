import * as vscode from "vscode";
import type { Question } from "../../core/explore/question.ts";
import type { StateDescription } from "../../core/machine/describe.ts";
import { readLaunch } from "../../debugger/launch.ts";
import { ask } from "../debug/session.ts";
import { uriOf } from "../debug/uri.ts";
import { subjectOptions } from "./documents.ts";
import { leadsTo } from "./leads-to.ts";
import { ON_DEMAND } from "./limits.ts";
import type { LaunchAttributes } from "./witness.ts";

/** What a stopped debug session asks: what can happen from its state on. */
export interface FromHere {
  readonly document: vscode.TextDocument;
  question(text: string): Question;
  /** How the session was started. */
  readonly launch: LaunchAttributes;
}

/** Turns the state of the stopped debug session into a question; tells the person why not where that cannot be done. */
export async function fromHere(): Promise<FromHere | undefined> {
  const session = vscode.debug.activeDebugSession;
  const [schedule, state] = [await ask<{ text: string }>("schedule"), await ask<StateDescription>("state")];
  if (!session || !schedule || !state) return undefined;
  const { program, values } = readLaunch(session.configuration);
  const document = await vscode.workspace.openTextDocument(uriOf(program));
  const model = state.model === "tso" ? "tso" : "sc";
  const question = (text: string): Question => ({
    ...ON_DEMAND,
    text,
    ...subjectOptions(document.uri),
    values: { ...values, model },
    models: [model],
    from: schedule.text,
  });
  if (!leadsTo(question(document.getText()), state)) {
    void vscode.window.showErrorMessage(
      "Exploring from here needs a state that transitions alone lead to; in this session values or the program were changed by hand.",
    );
    return undefined;
  }
  const args = session.configuration["args"];
  return { document, question, launch: args === undefined ? {} : { args } };
}
