/** What we use of a dedicated worker's global scope; the types of the extension know Node's names only. */
interface WorkerScope {
  postMessage(message: unknown, buffers?: ArrayBuffer[]): void;
  onmessage: (event: { readonly data: unknown }) => void;
}
declare const self: WorkerScope;

export const scope = self;
