import { print } from "./output.ts";

/** Prints columns aligned to the right, but for the last one; two blanks between columns, four before those of `apart`. */
export function printTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  apart: readonly number[],
): void {
  const last = heads.length - 1;
  const widths = heads.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]!.length)));
  for (const row of [heads, ...rows]) {
    const cells = row.map((text, i) => {
      const gap = i === 0 ? "" : apart.includes(i) ? "    " : "  ";
      return gap + (i === last ? text : text.padStart(widths[i]!));
    });
    print(`${cells.join("")}\n`);
  }
}
