import * as vscode from "vscode";
import { equal } from "./check.ts";

const DIALECT = ".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\nhalt\n";
const GNU = "\t.text\n\t.globl main\nmain:\n\tmovl $0, %eax\n\tret\n";

/** Writes a file into the workspace, opens it, and gives the extension time to see it. */
async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** The language that the document has once it is `expected`, or after two seconds. */
async function settledLanguage(name: string, expected: string): Promise<string | undefined> {
  const now = () => vscode.workspace.textDocuments.find((d) => d.uri.path.endsWith(name))?.languageId;
  for (let waited = 0; now() !== expected && waited < 2000; waited += 50)
    await new Promise((r) => setTimeout(r, 50));
  return now();
}

describe("The language of a .s file", () => {
  before(() => vscode.extensions.getExtension("interleave.interleave")?.activate());

  it("is Interleave assembly when its text is in the dialect", async () => {
    await open("dialect.s", DIALECT);
    equal(await settledLanguage("dialect.s", "interleave-asm"), "interleave-asm");
  });

  it("is left alone when it belongs to another assembler", async () => {
    await open("gnu.s", GNU);
    equal(await settledLanguage("gnu.s", "plaintext"), "plaintext");
  });

  it("is what a person chose, even when the text is in the dialect", async () => {
    const document = await open("chosen.s", DIALECT);
    equal(await settledLanguage("chosen.s", "interleave-asm"), "interleave-asm");
    await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    equal(await settledLanguage("chosen.s", "interleave-asm"), "plaintext");
  });

  it("is found when an empty file is filled and saved", async () => {
    const document = await open("new.s", "");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), DIALECT);
    await vscode.workspace.applyEdit(edit);
    await document.save();
    equal(await settledLanguage("new.s", "interleave-asm"), "interleave-asm");
  });
});

describe("The language of a new document", () => {
  before(() => vscode.extensions.getExtension("interleave.interleave")?.activate());

  const openNew = async (content: string): Promise<string> =>
    (await vscode.workspace.openTextDocument({ content })).uri.path;

  it("is Interleave assembly when its text is in the dialect", async () => {
    equal(await settledLanguage(await openNew(DIALECT), "interleave-asm"), "interleave-asm");
  });

  it("is litmus when its first line is that of a test", async () => {
    const test = "X86 SB\n{ x=0; }\n P0 ;\n MOV [x],$1 ;\nexists (x=1)\n";
    equal(await settledLanguage(await openNew(test), "litmus"), "litmus");
  });

  /** Types lines into a new document that is empty at first. */
  const typed = async (...lines: readonly string[]): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument({ content: "" });
    const editor = await vscode.window.showTextDocument(document);
    for (const line of lines)
      await editor.edit((edit) => edit.insert(new vscode.Position(document.lineCount, 0), `${line}\n`));
    return document;
  };

  it("is found when a program or a test is typed into it", async () => {
    const program = await typed(".var count", "mov $1, %ax", "add $1, %ax");
    equal(await settledLanguage(program.uri.path, "interleave-asm"), "interleave-asm");
    const test = await typed("X86 SB", "{ x=0; }");
    equal(await settledLanguage(test.uri.path, "litmus"), "litmus");
  });

  it("stays what a person chose while more is typed", async () => {
    const program = await typed(".var count", "mov $1, %ax", "add $1, %ax");
    equal(await settledLanguage(program.uri.path, "interleave-asm"), "interleave-asm");
    await vscode.languages.setTextDocumentLanguage(program, "plaintext");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(program.uri, new vscode.Position(0, 0), DIALECT);
    await vscode.workspace.applyEdit(edit);
    equal(await settledLanguage(program.uri.path, "interleave-asm"), "plaintext");
  });

  it("is left alone while notes are typed", async () => {
    const notes = await typed("X86 notes", "push on", "In the lecture:", "mov $1, %ax");
    equal(await settledLanguage(notes.uri.path, "interleave-asm"), "plaintext");
  });

  it("is left alone when the text is something else", async () => {
    equal(
      await settledLanguage(await openNew("X86 is an architecture.\nadd milk\n"), "plaintext"),
      "plaintext",
    );
  });
});
