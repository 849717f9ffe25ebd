import type { DebugProtocol } from "@vscode/debugprotocol";

/** A response or an event without its sequence number, which whoever sends it gives it. */
export type Reply =
  | (Omit<DebugProtocol.Response, "seq" | "type"> & { readonly type: "response" })
  | (Omit<DebugProtocol.Event, "seq" | "type"> & { readonly type: "event" });

/** Something outside of the adapter that must be done for it: a file, or being called again. */
export type Effect =
  | { readonly type: "read"; readonly path: string }
  | { readonly type: "write"; readonly path: string; readonly text: string }
  /** Pass a `tick` soon: a run goes on, and other messages may come in between. */
  | { readonly type: "later" };

/** How a `read` (with the text) or a `write` ended. */
export interface Answer {
  readonly type: "answer";
  readonly text?: string;
  readonly error?: string;
}

export type Incoming = DebugProtocol.Request | Answer | { readonly type: "tick" };
export type Outgoing = Reply | Effect;
