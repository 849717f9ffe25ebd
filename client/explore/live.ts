import * as vscode from "vscode";
import type { Answer } from "../../core/explore/answer.ts";
import { canBeExplored, questionAbout } from "./documents.ts";
import type { Explorer } from "./explorer.ts";
import { LONGEST_TEXT, WHILE_TYPING } from "./limits.ts";

/** Milliseconds without a keystroke before a text is explored. */
const PAUSE = 120;

/** Milliseconds after which an exploration ends with what it has found. */
const LONGEST = 2000;

export const SETTING = "interleave.explore.whileTyping";

/** The answers about the open documents, renewed with every change. */
export interface LiveAnswers extends vscode.Disposable {
  /** The newest answer about a document; while it is being changed the one before. */
  get(document: vscode.TextDocument): Answer | undefined;
  readonly onDidChange: vscode.Event<vscode.TextDocument>;
}

/** What is known about one document, and what is on its way. */
interface Watched {
  answer?: Answer | undefined;
  timer?: ReturnType<typeof setTimeout>;
  asked?: vscode.CancellationTokenSource | undefined;
}

/** Old versions, as source control shows them, are not being typed. */
const isEdited = ({ uri }: vscode.TextDocument): boolean =>
  vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== false;

export function createLiveAnswers(explorer: Explorer): LiveAnswers {
  const watched = new Map<string, Watched>();
  const changed = new vscode.EventEmitter<vscode.TextDocument>();
  const isOn = (): boolean => vscode.workspace.getConfiguration().get(SETTING, true);

  const explore = async (document: vscode.TextDocument, entry: Watched): Promise<void> => {
    const source = new vscode.CancellationTokenSource();
    entry.asked = source;
    const deadline = setTimeout(() => source.cancel(), LONGEST);
    const text = document.getText();
    const small = text.length <= LONGEST_TEXT;
    const question = questionAbout(document.uri, text, WHILE_TYPING);
    const result = small && isOn() ? await explorer.ask(question, { token: source.token }) : undefined;
    clearTimeout(deadline);
    if (entry.asked !== source) return;
    entry.asked = undefined;
    entry.answer = result && !("error" in result) ? result : undefined;
    changed.fire(document);
  };
  const stop = (entry: Watched): void => {
    clearTimeout(entry.timer);
    entry.asked?.cancel();
    entry.asked = undefined;
  };
  const consider = (document: vscode.TextDocument, pause: number): void => {
    if (!canBeExplored(document) || !isEdited(document)) return;
    const key = document.uri.toString();
    const entry = watched.get(key) ?? {};
    watched.set(key, entry);
    stop(entry);
    entry.timer = setTimeout(() => void explore(document, entry), pause);
  };
  const forget = (document: vscode.TextDocument): void => {
    const entry = watched.get(document.uri.toString());
    if (!entry) return;
    stop(entry);
    watched.delete(document.uri.toString());
    changed.fire(document);
  };
  const considerAll = (): void => {
    for (const document of vscode.workspace.textDocuments) consider(document, 0);
  };

  const subscriptions = [
    changed,
    vscode.workspace.onDidOpenTextDocument((document) => consider(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => consider(document, PAUSE)),
    vscode.workspace.onDidCloseTextDocument(forget),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(SETTING) && considerAll()),
  ];
  considerAll();
  return {
    get: (document) => watched.get(document.uri.toString())?.answer,
    onDidChange: changed.event,
    dispose() {
      watched.forEach(stop);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
