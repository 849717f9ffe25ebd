import { createAnswerer } from "./body.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** What this file uses of a dedicated worker's global scope. */
declare const self: {
  postMessage(message: FromWorker): void;
  onmessage: (event: { readonly data: ToWorker }) => void;
};

const answer = createAnswerer((message) => self.postMessage(message));
self.onmessage = ({ data }) => answer(data);
