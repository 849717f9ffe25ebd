import type { AsmDocument } from "../../document.ts";
import { type Fixer, insertAt, lineEnd } from "./fix.ts";

/** Declares a name that is used and stands nowhere. */
export const declareMissing: Fixer = (document, { code, range }) => {
  const name = document.text.slice(range.start, range.end);
  const end = lineEnd(document);
  if (code === "unknown-variable") {
    return [
      {
        title: `Declare the variable \`${name}\``,
        edits: [insertAt(placeForVariable(document), `.var ${name}${end}`)],
      },
    ];
  }
  if (code === "unknown-label") {
    const { text } = document;
    const newText = text === "" || /[\r\n]$/.test(text) ? `${name}${end}` : `${end}${name}${end}`;
    return [
      {
        title: `Put the label \`${name}\` at the end`,
        edits: [insertAt(text.length, newText)],
      },
    ];
  }
  return [];
};

/** The beginning of the line behind the last `.var`; without one, of the first line that is more than a comment. */
function placeForVariable({ tree: { nodes }, lines }: AsmDocument): number {
  const last = nodes.findLastIndex((n) => n.kind === "variable");
  const line = last < 0 ? nodes.findIndex((n) => n.kind !== "blank" && n.kind !== "directive") : last + 1;
  return lines.offset({ line: Math.max(0, line), column: 0 });
}
