import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ProtocolServer } from "@vscode/debugadapter/lib/protocol";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { connect } from "./host.ts";

/** A path as the file system wants it; clients may also send file URIs. */
const toPath = (name: string): string => (name.startsWith("file:") ? fileURLToPath(name) : name);

/** What went wrong with a file, for a person. */
function explain(error: unknown, verb: "read" | "write", path: string): Error {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: verb === "write" ? "there is no such folder" : "there is no such file",
    EISDIR: "it is a directory",
    EACCES: "permission denied",
    EEXIST: "it exists; nothing was written over",
  };
  const { code, message } = error as NodeJS.ErrnoException;
  return new Error(`cannot ${verb} ${path}: ${reasons[code ?? ""] ?? message}`);
}

/** DAP on stdio, for editors that start an adapter as a process. */
class StdioServer extends ProtocolServer {
  private readonly connection = connect({
    // The protocol server numbers the messages itself.
    send: (message) =>
      message.type === "event"
        ? this.sendEvent(message as DebugProtocol.Event)
        : this.sendResponse({ ...(message as DebugProtocol.Response), seq: 0 }),
    readFile: (path) =>
      readFile(toPath(path), "utf8").catch((error) => Promise.reject(explain(error, "read", path))),
    writeFile: (path, text) =>
      writeFile(toPath(path), text, { flag: "wx" }).catch((error) =>
        Promise.reject(explain(error, "write", path)),
      ),
  });

  override handleMessage(message: DebugProtocol.ProtocolMessage): void {
    this.connection.receive(message);
    const isLast = message.type === "request" && (message as DebugProtocol.Request).command === "disconnect";
    if (isLast) this.stop();
  }
}

const server = new StdioServer();
// What is no message is left out; without a listener Node would end the process.
server.on("error", (event: DebugProtocol.Event) => process.stderr.write(`${JSON.stringify(event)}\n`));
server.on("close", () => process.exit(0));
// After the last response has left.
process.stdout.on("finish", () => process.exit(0));
server.start(process.stdin, process.stdout);
