import type { MachineView } from "../../debugger/views/machine.ts";

/** What a panel is told. */
export type ToPanel =
  | { readonly type: "machine"; readonly machine?: MachineView; readonly previous?: MachineView }
  | { readonly type: "timeline"; readonly timeline: TimelineChunk }
  /** HTML that replaces the page's content. */
  | { readonly type: "content"; readonly html: string }
  /** A graph in Graphviz's language, and what it shows in words. */
  | { readonly type: "graph"; readonly dot: string; readonly label: string };

/** What a panel asks for. */
export type FromPanel =
  | { readonly type: "ready" }
  | { readonly type: "take"; readonly thread: number; readonly kind: "execute" | "drain" }
  | { readonly type: "goto"; readonly index: number }
  | { readonly type: "save"; readonly svg: string }
  /** An element with `data-action` was chosen; its other data attributes. */
  | { readonly type: "action"; readonly action: string; readonly args: Readonly<Record<string, string>> }
  /** The graph as a picture that stands alone. */
  | { readonly type: "drawn"; readonly svg: string };

/** Events of the trace from `from` on; see `interleave/timeline`. */
export interface TimelineChunk {
  readonly from: number;
  /** Base64 of 16-bit words, little-endian: the events as a schedule log has them. */
  readonly words: string;
  /** Base64 of 32-bit integers, little-endian: the operation of each event, -1 for drains and changes by hand. */
  readonly operations: string;
  /** By operation: the instruction's text, and how it touches memory. */
  readonly instructions: readonly { readonly text: string; readonly access: string }[];
}
