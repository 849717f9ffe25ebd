import type { Line, Tree } from "../../asm/tree.ts";

const ALLOW = /\ballow\(([^)]*)\)/g;

/**
 * Which warnings a person has silenced: `allow(code)`, several divided by commas, in the comment of the line or in a comment line
 * right above it.
 * @returns whether a warning with the code is silenced in a line (from 0)
 */
export function silencer({ text, nodes }: Tree): (code: string, line: number) => boolean {
  const allowed = new Map<number, Set<string>>();
  nodes.forEach((node, line) => {
    const codes = allowedBy(text, node);
    if (!codes.length) return;
    const target = node.kind === "blank" ? line + 1 : line;
    allowed.set(target, new Set([...(allowed.get(target) ?? []), ...codes]));
  });
  return (code, line) => allowed.get(line)?.has(code) ?? false;
}

function allowedBy(text: string, { comment }: Line): string[] {
  if (!comment) return [];
  const matches = text.slice(comment.start, comment.end).matchAll(ALLOW);
  return [...matches].flatMap((m) => m[1]!.split(",").map((code) => code.trim()));
}
