import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver";
import { toPosition } from "../positions.ts";
import type { InlayHintSettings } from "../settings.ts";
import type { LitmusDocument } from "./document.ts";

/** Where jumps go, in a range of lines: up or down, and to which line. Instructions and variables have no numbers as addresses here. */
export function inlayHints(
  { names, lines }: LitmusDocument,
  range: Range,
  { targets }: InlayHintSettings,
): InlayHint[] {
  if (!targets) return [];
  const first = lines.offset({ line: range.start.line, column: 0 });
  const last = lines.lineRange(range.end.line).end;
  return names.uses.flatMap((use) => {
    if (use.role !== "target" || use.range.start < first || use.range.start > last) return [];
    const label = names.of(use).findLast((place) => place.role === "declaration");
    if (!label) return [];
    const arrow = label.range.start <= use.range.start ? "↑" : "↓";
    return [
      {
        position: toPosition(lines, use.range.end),
        label: `${arrow} line ${lines.position(label.range.start).line + 1}`,
        kind: InlayHintKind.Type,
        paddingLeft: true,
      },
    ];
  });
}
