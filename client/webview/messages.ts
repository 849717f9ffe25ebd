import type { MachineView } from "../../debugger/views/machine.ts";
import type { TimelineChunk } from "../../debugger/views/timeline.ts";

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
