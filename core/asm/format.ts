import type { InstructionLine, Line, Tree } from "./tree.ts";

export interface Indentation {
  /** What stands before an instruction: blanks or a tab. */
  readonly unit: string;
  /** How many columns it takes. */
  readonly width: number;
}

export interface FormattedLine {
  /** From 0. */
  readonly line: number;
  /** Without its line end. */
  readonly text: string;
}

/**
 * Lays a text out: declarations and `#@` lines in the first column, instructions indented, operands and comments aligned among
 * neighbours. Only blanks change, so the program stays the same; lines with errors keep what they say. Doing it again changes nothing.
 */
export function formatTree({ text, nodes }: Tree, indentation: Indentation): FormattedLine[] {
  const codes = alignOperands(text, nodes, indentation);
  return alignComments(text, nodes, codes, indentation.width).map((line, i) => ({ line: i, text: line }));
}

const COMMENT_DISTANCE = 2;

/** Every line without its comment. The operands of neighbouring instructions begin in the same column. */
function alignOperands(text: string, nodes: readonly Line[], { unit }: Indentation): string[] {
  const codes: string[] = [];
  for (const block of blocks(nodes, isLayoutBreak)) {
    const instructions = block.filter(
      (n): n is InstructionLine => n.kind === "instruction" && takesOperands(n),
    );
    const width = widest(instructions.map((n) => n.mnemonic.text.length));
    for (const node of block) codes.push(code(text, node, unit, width));
  }
  return codes;
}

const takesOperands = (node: InstructionLine): boolean => node.form !== undefined && node.operands.length > 0;

const isLayoutBreak = (node: Line): boolean => node.kind === "blank" && node.comment === undefined;

function code(text: string, node: Line, unit: string, width: number): string {
  const { start, end } = node.range;
  switch (node.kind) {
    case "blank":
    case "directive":
      return "";
    case "instruction": {
      if (!takesOperands(node)) return unit + node.body.text;
      const operands = node.operands.map((o) => text.slice(o.range.start, o.range.end).replace(/\s/g, ""));
      return `${unit}${node.mnemonic.text.padEnd(width)} ${operands.join(", ")}`;
    }
    default:
      return text
        .slice(start, node.comment?.start ?? end)
        .trim()
        .replace(/\s+/g, " ");
  }
}

/** Puts the comments back: those behind code begin in the same column from one blank line or whole comment to the next. */
function alignComments(
  text: string,
  nodes: readonly Line[],
  codes: readonly string[],
  tab: number,
): string[] {
  const lines: string[] = [];
  for (const block of blocks(nodes, isWhole)) {
    const first = lines.length;
    const widths = block.map((_, i) => columns(codes[first + i]!, tab));
    const column = widest(widths.filter((_, i) => block[i]!.comment)) + COMMENT_DISTANCE;
    block.forEach((node, i) => {
      const before = codes[first + i]!;
      const comment = node.comment ? text.slice(node.comment.start, node.comment.end).trimEnd() : "";
      if (comment === "") lines.push(before);
      else if (isWhole(node)) lines.push(wholeComment(text, node, comment));
      else lines.push(before + " ".repeat(column - widths[i]!) + comment);
    });
  }
  return lines;
}

/** Whether a line is blank, or nothing but its comment. */
const isWhole = (node: Line): boolean => node.kind === "blank" || node.kind === "directive";

/** A comment that stands alone keeps its indentation, because only its writer knows what it belongs to; `#@` lines have none. */
function wholeComment(text: string, node: Line, comment: string): string {
  if (node.kind === "directive") return comment;
  return text.slice(node.range.start, node.comment?.start) + comment;
}

const columns = (code: string, tab: number): number =>
  code.startsWith("\t") ? code.length - 1 + tab : code.length;

const widest = (widths: readonly number[]): number => widths.reduce((most, w) => Math.max(most, w), 0);

/** Divides lines into runs of neighbours; a line that breaks is a run of its own. */
function blocks(nodes: readonly Line[], breaks: (node: Line) => boolean): Line[][] {
  const found: Line[][] = [];
  let open: Line[] | undefined;
  for (const node of nodes) {
    if (breaks(node)) {
      found.push([node]);
      open = undefined;
    } else if (open) open.push(node);
    else {
      open = [node];
      found.push(open);
    }
  }
  return found;
}
