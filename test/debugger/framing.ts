import type { Readable, Writable } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** A client's end of DAP on two streams, written from the protocol's text and not with the adapter's library. */
export interface MessageConnection {
  request(command: string, args?: object): Promise<DebugProtocol.Response>;
  /** The next event of a kind, also if it came already. */
  event(name: string): Promise<DebugProtocol.Event>;
}

export function createMessageConnection(input: Readable, output: Writable): MessageConnection {
  const responses = new Map<number, (response: DebugProtocol.Response) => void>();
  const events: DebugProtocol.Event[] = [];
  const waiting: { name: string; resolve: (event: DebugProtocol.Event) => void }[] = [];
  let bytes = Buffer.alloc(0);
  let seq = 1;

  const receive = (message: DebugProtocol.ProtocolMessage): void => {
    if (message.type === "response") {
      const response = message as DebugProtocol.Response;
      responses.get(response.request_seq)?.(response);
      return;
    }
    const event = message as DebugProtocol.Event;
    const index = waiting.findIndex((w) => w.name === event.event);
    if (index < 0) events.push(event);
    else waiting.splice(index, 1)[0]!.resolve(event);
  };

  input.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(bytes.toString("latin1", 0, 100));
      if (!header) return;
      const start = header[0].length;
      const end = start + Number(header[1]);
      if (bytes.length < end) return;
      const message = JSON.parse(bytes.toString("utf8", start, end));
      bytes = bytes.subarray(end);
      receive(message);
    }
  });

  return {
    request(command, args) {
      const json = JSON.stringify({ seq, type: "request", command, arguments: args });
      output.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
      return new Promise((resolve) => responses.set(seq++, resolve));
    },
    event(name) {
      const index = events.findIndex((e) => e.event === name);
      if (index >= 0) return Promise.resolve(events.splice(index, 1)[0]!);
      return new Promise((resolve) => waiting.push({ name, resolve }));
    },
  };
}
