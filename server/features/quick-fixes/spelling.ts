import type { AsmDocument, JudgedText } from "../../document.ts";
import { type Fixer, insertAt, lineEnd } from "./fix.ts";

/** Puts what was probably meant in place of what stands there; a missing mark comes before it. */
export const useSuggestion: Fixer<Pick<JudgedText, "text">> = ({ text }, { range, suggestions }) =>
  (suggestions ?? []).map((newText) =>
    MARK.test(newText) && text.slice(range.start, range.end) !== ","
      ? { title: `Insert \`${newText}\``, edits: [insertAt(range.start, newText)] }
      : { title: `Change to \`${newText}\``, edits: [{ range, newText }] },
  );

/** What conditions and initial states miss, but never have in place of something else than a comma. */
const MARK = /^[)\]};]$/;

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
