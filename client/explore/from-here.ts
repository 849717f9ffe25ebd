import * as vscode from "vscode";
import type { Question } from "../../core/explore/question.ts";
import { subjectOf } from "../../core/explore/subject.ts";
import { describeState, type StateDescription } from "../../core/machine/describe.ts";
import { step } from "../../core/machine/transition.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { parseSchedule } from "../../core/schedule/text.ts";
import { readLaunch } from "../../debugger/launch.ts";
import { ask } from "../debug/session.ts";
import { uriOf } from "../debug/uri.ts";
import { subjectOptions } from "./documents.ts";
import { ON_DEMAND } from "./limits.ts";

/** What a stopped debug session asks: what can happen from its state on. */
export interface FromHere {
  readonly document: vscode.TextDocument;
  question(text: string): Question;
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
  return { document, question };
}

/** Whether the schedule alone leads to the state. */
function leadsTo(question: Question, { threads, variables, cells }: StateDescription): boolean {
  const { text, models, from = "" } = question;
  const subject = subjectOf(text, question);
  if ("error" in subject) return false;
  const state = subject.start(models[0]!, Number.POSITIVE_INFINITY);
  const { log } = parseSchedule(from);
  for (let i = 0; i < log.length; i++) if (step(state, transitionOf(log.words[i]!))) return false;
  const reached = describeState(state);
  const plain = (part: unknown): string => JSON.stringify(part);
  return plain([reached.threads, reached.variables, reached.cells]) === plain([threads, variables, cells]);
}
