/** The first line of a test (litmus.md §1); the manifest tells VS Code the same. */
export const FIRST_LINE = /^X86(_64)?\s+\S+\s*(\(.*\))?\s*(".*")?\s*;?\s*$/;

/** Nobody writes longer ones, and noise is looked at in no time. */
const LONGEST_FIRST_LINE = 500;

/** What may stand between the first line and the initial state: blanks, a description, `Key=Value`, a comment. */
const HEAD_LINE = /^\s*(?:$|"|[\w-]+\s*=|\(\*)/;

/** Whether a text of which not even the file's name is known is a litmus test, as far as its initial state. */
export function looksLikeLitmus(text: string): boolean {
  const [first = "", ...others] = text.trimStart().split(/\r\n|[\r\n]/, 50);
  if (first.length > LONGEST_FIRST_LINE) return false;
  return FIRST_LINE.test(first) && /^\s*\{/.test(others.find((line) => !HEAD_LINE.test(line)) ?? "");
}
