import * as vscode from "vscode";
import { type Connection, connect } from "../../debugger/host.ts";
import type { View } from "../../debugger/session.ts";
import { UserError } from "../../debugger/user-error.ts";
import type { Precedence } from "./precedence.ts";
import { uriOf } from "./uri.ts";

/**
 * The debug adapters of all sessions. They run inside the extension host: the same code on the desktop and in the browser, and no process to start. Views
 * look at the machine directly; a request would go through the editor and back, and the editor is busy with a stop's own consequences then.
 */
export interface Adapters extends vscode.DebugAdapterDescriptorFactory {
  /** What a view shows of a session; nothing if the program is not launched yet, or has ended. */
  look<T>(session: vscode.DebugSession, view: View<T>): T | undefined;
  /** A session has something else to show. */
  readonly onDidChange: vscode.Event<vscode.DebugSession>;
}

/** Events of the adapter behind which views look different. */
const NEWS = ["interleave/changed", "stopped"];

/** @param precedence of views that show a change before the editor hears of it */
export function createAdapters({ follow }: Precedence): Adapters {
  const connections = new WeakMap<vscode.DebugSession, Connection>();
  const changed = new vscode.EventEmitter<vscode.DebugSession>();

  return {
    createDebugAdapterDescriptor(session) {
      const sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
      /** What the adapter sends at once tells of one state, which views look at before the editor begins to. */
      let isTold = false;
      const tell = (): void => {
        if (isTold) return;
        isTold = true;
        queueMicrotask(() => {
          isTold = false;
        });
        changed.fire(session);
      };
      const connection = connect({
        send(message) {
          if ("event" in message && NEWS.includes(String(message.event))) tell();
          follow(() => sent.fire(message));
        },
        readFile: async (path) => (await vscode.workspace.openTextDocument(uriOf(path))).getText(),
        writeFile,
      });
      connections.set(session, connection);
      return new vscode.DebugAdapterInlineImplementation({
        onDidSendMessage: sent.event,
        handleMessage: (message) => connection.receive(message),
        dispose() {
          connection.dispose();
          sent.dispose();
        },
      });
    },
    look(session, view) {
      try {
        return connections.get(session)?.look(view);
      } catch (error) {
        if (error instanceof UserError) return undefined;
        throw error;
      }
    },
    onDidChange: changed.event,
  };
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
