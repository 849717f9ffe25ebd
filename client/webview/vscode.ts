import type { FromPanel, ToPanel } from "./messages.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const api = acquireVsCodeApi();

/** Sends a message to the extension. */
export const send = (message: FromPanel): void => api.postMessage(message);

/** Calls back for every message of the extension, and tells it that the panel is ready. */
export function listen(receive: (message: ToPanel) => void): void {
  window.addEventListener("message", (event: MessageEvent<ToPanel>) => receive(event.data));
  send({ type: "ready" });
}
