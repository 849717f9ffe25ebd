import * as vscode from "vscode";
import { equal } from "./check.ts";
import { codes, openText, positionOf, replace, settled } from "./document.ts";

const PROGRAM = "#@ run -t 2\n.var count\n.top\n  mov count, %ax\n  add $1, %ax\n  mov %ax, count\n  halt\n";

describe("The language server", () => {
  before(() => vscode.extensions.getExtension("interleave.interleave")?.activate());

  it("shows diagnostics, and takes them back when the text is mended", async () => {
    const document = await openText("diagnostics.s", PROGRAM);
    await replace(document, "count, %ax", "cuont, %ax");
    await settled(() => codes(document.uri), ["unknown-variable"]);
    await replace(document, "cuont", "count");
    await settled(() => codes(document.uri), []);
  });

  it("completes variables where the instruction takes one", async () => {
    const document = await openText("completion.s", PROGRAM);
    const offered = async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        positionOf(document, "mov %ax, count", "mov %ax, ".length),
      );
      return list.items.some((i) => (typeof i.label === "string" ? i.label : i.label.label) === "count");
    };
    await settled(offered, true);
  });

  it("renames a variable everywhere", async () => {
    const document = await openText("rename.s", `${PROGRAM}#@ exists (count = 2)\n`);
    await settled(() => codes(document.uri), []);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      positionOf(document, "count"),
      "total",
    );
    await vscode.workspace.applyEdit(edit);
    equal(document.getText(), `${PROGRAM}#@ exists (count = 2)\n`.replaceAll("count", "total"));
  });

  it("offers a quick fix that mends the text", async () => {
    const document = await openText("fix.s", PROGRAM.replace("add", "ad"));
    await settled(() => codes(document.uri), ["unknown-instruction"]);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(positionOf(document, "ad $1"), positionOf(document, "ad $1")),
    );
    await vscode.workspace.applyEdit(actions.find((a) => a.title === "Change to `add`")!.edit!);
    equal(document.getText(), PROGRAM);
    await settled(() => codes(document.uri), []);
  });

  it("obeys a changed setting at once", async () => {
    const document = await openText("settings.s", ".var x\npush x\nhalt\n");
    await settled(() => codes(document.uri), ["push-address"]);
    const settings = vscode.workspace.getConfiguration("interleave");
    await settings.update("warnings", { "push-address": "off" }, vscode.ConfigurationTarget.Global);
    await settled(() => codes(document.uri), []);
    await settings.update("warnings", undefined, vscode.ConfigurationTarget.Global);
    await settled(() => codes(document.uri), ["push-address"]);
  });

  it("finds names in files of the workspace that are not open", async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
    const found = async () => {
      const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        "vscode.executeWorkspaceSymbolProvider",
        "unopened",
      );
      return symbols.map(({ name, location }) => [name, location.uri.path.replace(/^.*\//, "")]).sort();
    };
    await openText("opened.s", PROGRAM);
    await write("closed.s", ".var unopened\nmov unopened, %ax\nhalt\n");
    await write("gnu-closed.s", "\t.text\n\t.globl unopened\nunopened:\n\tmovl $0, %eax\n\tret\n");
    await write("closed.litmus", "X86 unopened\n{ }\n P0 ;\n NOP ;\nexists (x=0)\n");
    await settled(found, [
      ["unopened", "closed.litmus"],
      ["unopened", "closed.s"],
    ]);
    await write("closed.s", ".var renamed\nmov renamed, %ax\nhalt\n");
    await settled(found, [["unopened", "closed.litmus"]]);
  });

  it("names a command in every code lens that there is", async () => {
    const document = await openText("lenses.s", PROGRAM.replace("halt", "je .top\n  halt"));
    const lenses = () =>
      vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
    const titles = async () => {
      const shown = (await lenses()).map((lens) => lens.command?.title);
      return ["▷ Run", "Debug", "Explore", "1 jump"].every((title) => shown.includes(title));
    };
    await settled(titles, true);
    const known = await vscode.commands.getCommands();
    const named = (await lenses()).map((lens) => lens.command!.command);
    equal(
      named.filter((command) => !known.includes(command)),
      [],
    );
  });
});
