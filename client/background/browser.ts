import type { Background } from "../platform.ts";

/** What this file uses of a browser's `Worker`; the types of the extension know Node's names only. */
interface WebWorker {
  postMessage(message: unknown, buffers: ArrayBuffer[]): void;
  terminate(): void;
  onmessage: (event: { readonly data: unknown }) => void;
  onerror: (event: { readonly message?: string }) => void;
}
declare const Worker: new (address: string) => WebWorker;

/** Runs a bundle in a web worker. */
export function startWebWorker<In, Out>(address: string): Background<In, Out> {
  const worker = new Worker(address);
  const background: Background<In, Out> = {
    send: (message, buffers) => worker.postMessage(message, buffers ?? []),
    end: () => worker.terminate(),
    onMessage: () => {},
    onFailure: () => {},
  };
  worker.onmessage = ({ data }) => background.onMessage(data as Out);
  worker.onerror = ({ message }) => background.onFailure(message ?? "the worker did not start");
  return background;
}
