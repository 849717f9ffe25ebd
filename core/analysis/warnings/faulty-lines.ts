import type { TextSubject } from "./subject.ts";

/** The texts of the lines with errors. */
export function faultyLines({ tree: { lines }, assembly }: TextSubject): string[] {
  const errors = assembly.diagnostics.filter((d) => d.severity === "error");
  const faulty = new Set(errors.map((d) => lines.position(d.range.start).line));
  return Array.from(faulty, (line) => lines.lineText(line));
}

/** Names and numbers that may come into use when errors are mended: what stands in their lines, and what may have been meant. */
export function namesIn({ assembly }: TextSubject, faulty: readonly string[]): ReadonlySet<string> {
  const found = new Set(assembly.diagnostics.flatMap((d) => d.suggestions ?? []));
  for (const text of faulty) {
    for (const [word] of text.matchAll(/\.?\w+/g)) found.add(word);
  }
  return found;
}
