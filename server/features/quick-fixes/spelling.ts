import type { Diagnostic } from "../../../core/text/diagnostic.ts";
import type { AsmDocument, JudgedText } from "../../document.ts";
import { type Fix, type Fixer, lineEnd } from "./fix.ts";

/** Puts what was probably meant in place of what stands there. */
export const useSuggestion = (_document: JudgedText, { range, suggestions }: Diagnostic): Fix[] =>
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
        {
          title: "Put on a line of its own",
          edits: [
            {
              range: { start: blanksBefore(document, range.start), end: range.start },
              newText: `${lineEnd(document)}    `,
            },
          ],
        },
      ];
    case "second-comment-mark":
      return [{ title: "Remove the second `#`", edits: [{ range, newText: "" }] }];
    default:
      return [];
  }
};

/** Where the blanks before an offset begin. */
const blanksBefore = ({ text }: AsmDocument, offset: number): number =>
  text.slice(0, offset).trimEnd().length;
