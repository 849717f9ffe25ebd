import * as vscode from "vscode";
import { connect } from "../../debugger/host.ts";
import { uriOf } from "./uri.ts";

/** Runs the debug adapter inside the extension host: the same code on the desktop and in the browser, and no process to start. */
export function createAdapterDescriptor(): vscode.DebugAdapterDescriptor {
  const sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  const connection = connect({
    send: (message) => sent.fire(message),
    readFile: async (path) => (await vscode.workspace.openTextDocument(uriOf(path))).getText(),
    writeFile,
  });
  return new vscode.DebugAdapterInlineImplementation({
    onDidSendMessage: sent.event,
    handleMessage: (message) => connection.receive(message),
    dispose() {
      connection.dispose();
      sent.dispose();
    },
  });
}

async function writeFile(path: string, text: string): Promise<void> {
  const uri = uriOf(path);
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (exists) throw new Error(`${path} exists; nothing was written over`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
