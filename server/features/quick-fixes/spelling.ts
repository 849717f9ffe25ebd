import type { Fixer } from "./fix.ts";
import { insertAt, lineEnd } from "./fix.ts";

/** Puts what was probably meant in place of what stands there. */
export const useSuggestion: Fixer = (_document, { range, suggestions }) =>
  (suggestions ?? []).map((newText) => ({
    title: `Change to \`${newText}\``,
    edits: [{ range, newText }],
  }));

/** Mends what x86.py's line rules forbid: labels indented or not alone, a second `#`. */
export const mendLayout: Fixer = (document, { code, range }) => {
  const text = document.text.slice(range.start, range.end);
  switch (code) {
    case "indented-label":
      return [
        {
          title: "Move to the first column",
          edits: [{ range, newText: text.trimStart() }],
        },
      ];
    case "label-not-alone":
      return [
        { title: "Put on a line of its own", edits: [insertAt(range.start, `${lineEnd(document)}    `)] },
      ];
    case "second-comment-mark":
      return [{ title: "Remove the second `#`", edits: [{ range, newText: "" }] }];
    default:
      return [];
  }
};
