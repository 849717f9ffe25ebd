import * as vscode from "vscode";
import { EXAMPLES, titleOf } from "./examples.ts";

/** The command that opens one of the examples as a new file, to be changed, run and saved under any name. */
export const registerNewProgram = ({ extensionUri }: vscode.ExtensionContext): vscode.Disposable =>
  vscode.commands.registerCommand("interleave.newProgram", async () => {
    const examples = Promise.all(
      EXAMPLES.map(async (name) => {
        const text = await readText(vscode.Uri.joinPath(extensionUri, "examples", name));
        return { label: name, detail: titleOf(text), text };
      }),
    );
    const chosen = await vscode.window.showQuickPick(examples, {
      title: "New Program from an Example",
      matchOnDetail: true,
    });
    if (chosen) await openNew(chosen.label, chosen.text);
  });

const readText = async (uri: vscode.Uri): Promise<string> =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

/** Opens a file that is not saved yet, with a name that says which language it is in. */
async function openNew(name: string, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(
    vscode.Uri.from({ scheme: "untitled", path: name }),
  );
  const editor = await vscode.window.showTextDocument(document);
  // One that is open already is kept as the person has left it.
  if (document.getText() === "") await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
  if (name.endsWith(".s")) await vscode.languages.setTextDocumentLanguage(document, "interleave-asm");
}
