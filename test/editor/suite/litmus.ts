import * as vscode from "vscode";
import { equal } from "./check.ts";
import { codes, openText, positionOf, replace, settled } from "./document.ts";

const TEST = `X86 SB
{ x=0; y=0; }
 P0 | P1 ;
 MOV [x],$1 | MOV [y],$1 ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;

describe("A litmus test in the editor", () => {
  before(() => vscode.extensions.getExtension("interleave.interleave")?.activate());

  it("shows problems, and a quick fix mends them", async () => {
    const document = await openText("problems.litmus", TEST.replace("MOV [x]", "MVO [x]"));
    await settled(() => codes(document.uri), ["unknown-instruction"]);
    const place = positionOf(document, "MVO");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(place, place),
    );
    await vscode.workspace.applyEdit(actions.find((a) => a.title === "Change to `MOV`")!.edit!);
    equal(document.getText(), TEST);
    await settled(() => codes(document.uri), []);
  });

  it("is laid out in columns", async () => {
    const document = await openText("columns.litmus", TEST);
    const format = async () => {
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
        "vscode.executeFormatDocumentProvider",
        document.uri,
        { tabSize: 4, insertSpaces: true },
      );
      return (edits ?? []).length > 0;
    };
    await settled(format, true);
    await vscode.commands.executeCommand("editor.action.formatDocument");
    await settled(() => document.lineAt(3).text, " MOV [x],$1  | MOV [y],$1  ;");
    equal(document.lineAt(2).text, " P0          | P1          ;");
  });

  it("completes operands, and renames a variable everywhere", async () => {
    const document = await openText("names.litmus", TEST);
    const offered = async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        positionOf(document, "MOV EAX,[y]", "MOV EAX,".length),
      );
      return list.items.some((i) => (typeof i.label === "string" ? i.label : i.label.label) === "[x]");
    };
    await settled(offered, true);
    await replace(document, "exists (", "exists (x=1 /\\ ");
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      positionOf(document, "[x]", 1),
      "flag",
    );
    await vscode.workspace.applyEdit(edit);
    equal(document.getText(), TEST.replace("exists (", "exists (x=1 /\\ ").replace(/\bx\b/g, "flag"));
  });
});
