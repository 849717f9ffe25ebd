import type { Tree } from "../core/asm/tree.ts";

/**
 * The code that belongs to each label as a person sees it: up to the line before the next label, without blank and comment
 * lines at its end.
 * @returns by the line of the label (from 0), the last line
 */
export function labelRegions({ nodes }: Tree): Map<number, number> {
  const regions = new Map<number, number>();
  let label: number | undefined;
  nodes.forEach((node, line) => {
    if (node.kind === "label") {
      label = line;
      regions.set(line, line);
    } else if (node.kind === "instruction" && label !== undefined) regions.set(label, line);
  });
  return regions;
}
