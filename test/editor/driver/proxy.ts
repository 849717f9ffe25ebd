import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import path from "node:path";
import type { Duplex } from "node:stream";

/** Where the folder of the web extension stands under the proxy. */
export const EXTENSION_PREFIX = "/__extension";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
};

export interface Proxy {
  readonly port: number;
  close(): void;
}

/**
 * The workbench may only fetch from its own origin, so a web extension has to come from there: a proxy before the VS Code server on
 * `upstream` that answers for the extension's folder and passes everything else on, WebSockets included.
 */
export async function serveWithExtension(upstream: number, folder: string): Promise<Proxy> {
  const server = createServer((incoming, response) => {
    const url = incoming.url ?? "/";
    if (url.startsWith(`${EXTENSION_PREFIX}/`)) {
      const file = path.join(
        folder,
        decodeURIComponent(new URL(url, "http://localhost").pathname.slice(EXTENSION_PREFIX.length)),
      );
      readFile(file).then(
        (content) => {
          const type = CONTENT_TYPES[path.extname(file)] ?? "application/octet-stream";
          response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(content);
        },
        () => response.writeHead(404).end(),
      );
      return;
    }
    const { method, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port: upstream, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    incoming.pipe(onward);
  });

  const sockets = new Set<Duplex>();
  server.on("upgrade", (incoming, socket: Duplex, head: Buffer) => {
    const onward: Socket = connect(upstream, "127.0.0.1", () => {
      const raw = incoming.rawHeaders;
      const headers = Array.from(
        { length: raw.length / 2 },
        (_, i) => `${raw[2 * i]}: ${raw[2 * i + 1]}\r\n`,
      );
      onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    for (const [one, other] of [
      [onward, socket],
      [socket, onward],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        other.destroy();
        sockets.delete(one);
      });
    }
  });

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    },
  };
}
