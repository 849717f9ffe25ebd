import type { DebugProtocol } from "@vscode/debugprotocol";
import { isObject } from "./arguments.ts";
import type { Answer, Incoming, Outgoing } from "./messages.ts";
import { type Adapter, createAdapter } from "./session.ts";

/** The world around an adapter. */
export interface Host {
  send(message: DebugProtocol.ProtocolMessage): void;
  /** @param path as the client names the file: a path, or a URI where the client deals in URIs */
  readFile(path: string): Promise<string>;
  /** Writes a new file; one that is there already is not touched. */
  writeFile(path: string, text: string): Promise<void>;
}

export interface Connection {
  /** Takes whatever the client sent. */
  receive(message: unknown): void;
  readonly look: Adapter["look"];
  dispose(): void;
}

/** Connects an adapter, which is a function of messages, to a world with files and time. */
export function connect(host: Host): Connection {
  const adapter = createAdapter();
  let seq = 1;
  let disposed = false;

  const pass = (incoming: Incoming): void => {
    if (disposed) return;
    for (const message of adapter.handle(incoming)) carryOut(message);
  };

  const carryOut = (message: Outgoing): void => {
    switch (message.type) {
      case "read":
        void settle(host.readFile(message.path).then((text): Answer => ({ type: "answer", text }))).then(
          pass,
        );
        break;
      case "write":
        void settle(host.writeFile(message.path, message.text).then((): Answer => ({ type: "answer" }))).then(
          pass,
        );
        break;
      case "later":
        setTimeout(() => pass({ type: "tick" }), 0);
        break;
      default:
        host.send({ ...message, seq: seq++ });
    }
  };

  return {
    receive(message) {
      if (isObject(message) && message["type"] === "request")
        pass(message as unknown as DebugProtocol.Request);
    },
    look: adapter.look,
    dispose() {
      disposed = true;
    },
  };
}

const settle = (done: Promise<Answer>): Promise<Answer> =>
  done.catch((error: unknown) => ({
    type: "answer",
    error: error instanceof Error ? error.message : String(error),
  }));
