import type { Assembly } from "../../asm/assemble.ts";
import type { Names } from "../../asm/names.ts";
import type { Tree } from "../../asm/tree.ts";
import type { Range } from "../../text/range.ts";
import type { ControlFlow } from "../control-flow.ts";

/** What rules about single lines and names look at; there may be errors in it. */
export interface TextSubject {
  readonly tree: Tree;
  readonly assembly: Assembly;
  readonly names: Names;
}

/** What rules about ways through the program look at; there may be gaps in it. */
export interface WaysSubject extends TextSubject {
  readonly flow: ControlFlow;
  /** Number of threads that run it; 1 where that is not known. */
  readonly threads: number;
}

/** What a rule found. */
export interface Finding {
  readonly code: string;
  /** One or two sentences, without a trailing full stop. */
  readonly message: string;
  readonly range: Range;
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  /** Texts that could stand in place of `range`. */
  readonly suggestions?: readonly string[];
}

/** Where the instruction of an operation stands in the text. */
export const placeOf = ({ assembly }: WaysSubject, pc: number): Range =>
  assembly.instructions[pc]!.line.body.range;

/** For messages: the line of an operation's instruction, from 1. */
export const lineOf = (subject: WaysSubject, pc: number): number =>
  subject.tree.lines.position(placeOf(subject, pc).start).line + 1;
