import { print } from "./output.ts";

/**
 * Prints columns aligned to the right, but for the last one; two blanks between columns, four before those of `apart`.
 * @param style what becomes of a row's line, by the row's index
 */
export function printTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  apart: readonly number[],
  style: (line: string, row: number) => string = (line) => line,
): void {
  const last = heads.length - 1;
  const widths = heads.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]!.length)));
  for (const [r, row] of [heads, ...rows].entries()) {
    const cells = row.map((text, i) => {
      const gap = i === 0 ? "" : apart.includes(i) ? "    " : "  ";
      return gap + (i === last ? text : text.padStart(widths[i]!));
    });
    const line = cells.join("").trimEnd();
    print(`${r === 0 ? line : style(line, r - 1)}\n`);
  }
}
