import { OP } from "../isa/operations.ts";
import { CODES, REGISTERS, registerNumber } from "../isa/registers.ts";
import {
  CELL_SPACING,
  type CheckSource,
  type Instruction,
  type Label,
  type OperationFields,
  type Program,
  packCode,
  type Variable,
} from "../machine/program.ts";
import { createWideIntegers, parseInteger, type WideIntegers } from "../machine/wide.ts";
import { type Diagnostic, hasErrors } from "../text/diagnostic.ts";
import { didYouMean, nearest } from "../text/nearest.ts";
import { DIRECTIVES } from "./keywords.ts";
import type { DirectiveLine, InstructionLine, Operand, Tree, VariableLine } from "./tree.ts";

/** Address of the first variable (dialect §3). */
export const FIRST_VARIABLE = 100;
export const DEFAULT_LOAD_ADDRESS = 1000;

export interface AssembleOptions {
  /** For messages: the file's name. */
  readonly name?: string;
  /** Address of the first instruction (x86.py's `-L`). */
  readonly loadAddress?: number;
}

export interface AssembledLine {
  readonly line: InstructionLine;
  readonly address: number;
  /** Whether it is an instruction with operands that there are; one that is not does nothing in the draft. */
  readonly understood: boolean;
}

/** What a tree means: its names with their places, whether or not it is free of errors. */
export interface Assembly {
  /** Address of the first instruction. */
  readonly loadAddress: number;
  readonly labels: readonly Label[];
  readonly variables: readonly Variable[];
  /** One entry an instruction line, in order. */
  readonly instructions: readonly AssembledLine[];
  /** Of the tree and of the assembly, in no particular order. */
  readonly diagnostics: readonly Diagnostic[];
  /** The program as far as the text is understood; not to be run. */
  readonly draft: Program;
  /** The same; set if there are no errors. */
  readonly program?: Program;
}

/** Gives every name its address and, where there is no error, makes the program (dialect §3). Never throws. */
export function assemble(tree: Tree, options: AssembleOptions = {}): Assembly {
  const loadAddress = options.loadAddress ?? DEFAULT_LOAD_ADDRESS;
  const diagnostics: Diagnostic[] = [...tree.diagnostics];
  const labels: Label[] = [];
  const variables: Variable[] = [];
  const lines: InstructionLine[] = [];
  const directives: DirectiveLine[] = [];
  let nextVariable = FIRST_VARIABLE;
  for (const node of tree.nodes) {
    if (node.kind === "instruction") lines.push(node);
    else if (node.kind === "label")
      labels.push({ name: node.name.text, range: node.name.range, target: lines.length });
    else if (node.kind === "directive") directives.push(node);
    else if (node.kind === "variable" && node.name) {
      const { text: name, range } = node.name;
      variables.push({ name, range, address: nextVariable, count: node.count });
      nextVariable += CELL_SPACING * node.count;
      if (nextVariable >= loadAddress) diagnostics.push(overrun(node, nextVariable, loadAddress));
    }
  }
  for (const directive of directives) diagnostics.push(...checkDirective(directive));
  const names = {
    labels: new Map(labels.map((l) => [l.name, l.target])),
    variables: new Map(variables.map((v) => [v.name, v.address])),
  };
  const wide = createWideIntegers();
  const resolver = createResolver(names, diagnostics);
  const operations: OperationFields[] = [];
  const instructions = lines.map((line, i): AssembledLine => {
    const errors = diagnostics.length;
    const operation = lower(line, i, resolver, wide);
    const understood = line.form !== undefined && diagnostics.length === errors;
    operations.push(understood ? operation : { operation: OP.NOP, instruction: i });
    return { line, address: loadAddress + i, understood };
  });
  const draft: Program = {
    dialect: "asm",
    name: options.name ?? "",
    text: tree.text,
    instructions: lines.map(toInstruction),
    code: packCode(operations, OP.OUT_OF_CODE),
    labels,
    variables,
    registers: REGISTERS,
    flags: CODES,
    loadAddress,
    cells: [],
    wide,
    checks: directives.filter((d) => d.keyword.text !== "run").map(toCheck),
  };
  const assembly = { loadAddress, labels, variables, instructions, diagnostics, draft };
  return hasErrors(diagnostics) ? assembly : { ...assembly, program: draft };
}

const toInstruction = (line: InstructionLine, i: number): Instruction => ({
  mnemonic: line.mnemonic.text,
  text: line.body.text,
  range: line.body.range,
  start: i,
});

const toCheck = (line: DirectiveLine): CheckSource => ({
  kind: line.keyword.text,
  range: { start: line.keyword.range.start, end: line.body.range.end },
  body: line.body.range,
});

const overrun = (node: VariableLine, end: number, loadAddress: number): Diagnostic => ({
  code: "variables-reach-code",
  severity: "error",
  message: `the variables end at address ${end}, but the code begins at ${loadAddress}; make arrays smaller or load the code higher (-L)`,
  range: node.range,
});

function checkDirective({ keyword }: DirectiveLine): Diagnostic[] {
  if (DIRECTIVES.includes(keyword.text)) return [];
  const suggestions = nearest(keyword.text, DIRECTIVES);
  const hint = didYouMean(suggestions) || `; there are ${DIRECTIVES.join(", ")}`;
  return [
    {
      code: "unknown-directive",
      severity: "warning",
      message: keyword.text
        ? `unknown \`#@\` line \`${keyword.text.slice(0, 40)}\`${hint}`
        : `this \`#@\` line says nothing${hint}`,
      range: keyword.range,
      suggestions,
    },
  ];
}

interface Resolver {
  label(operand: Operand & { kind: "label" }): number;
  variable(name: string, operand: Operand): number;
}

/** Looks names up and reports those that are not there, with what may have been meant. */
function createResolver(
  names: { labels: ReadonlyMap<string, number>; variables: ReadonlyMap<string, number> },
  diagnostics: Diagnostic[],
): Resolver {
  const resolve = (
    code: string,
    what: string,
    name: string,
    operand: Operand,
    known: ReadonlyMap<string, number>,
  ): number => {
    const value = known.get(name);
    if (value !== undefined) return value;
    const { hint, suggestions } = whatWasMeant(name, known);
    const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name;
    const message = `${what} \`${shown}\`${hint}`;
    diagnostics.push({ code, severity: "error", message, range: operand.range, suggestions });
    return 0;
  };
  return {
    label: (operand) => resolve("unknown-label", "unknown label", operand.name, operand, names.labels),
    variable: (name, operand) =>
      resolve("unknown-variable", "no variable is declared with the name", name, operand, names.variables),
  };
}

/** What a person may have meant by a name that is not there. */
function whatWasMeant(
  name: string,
  known: ReadonlyMap<string, number>,
): { readonly hint: string; readonly suggestions: string[] } {
  if (registerNumber(name) > 0) {
    return { hint: `; the register is written \`%${name}\``, suggestions: [`%${name}`] };
  }
  const array = /^(\p{L}\w*)\[/u.exec(name)?.[1];
  if (array && known.has(array)) {
    const hint = `; a variable takes no index: load its address first (\`lea ${array}, %dx\`) and use \`4(%dx)\``;
    return { hint, suggestions: [] };
  }
  const suggestions = known.size > 1000 ? [] : nearest(name, known.keys());
  return { hint: didYouMean(suggestions), suggestions };
}

/** Where an instruction never takes memory, a name is no variable, and that it is wrong has been said. */
const takesMemory = ({ spec }: InstructionLine, index: number): boolean =>
  spec === undefined ||
  spec.forms.some(({ operands }) => operands.includes("memory") && index < operands.length);

/** Packs one instruction: a written register goes to `a`, a read one to `b`, a second read one to `a` (see `OP`). */
function lower(
  line: InstructionLine,
  instruction: number,
  resolver: Resolver,
  wide: WideIntegers,
): OperationFields {
  const fields: { -readonly [K in keyof OperationFields]: OperationFields[K] } = {
    operation: line.form?.operation ?? OP.NOP,
    instruction,
  };
  line.operands.forEach((operand, i) => {
    switch (operand.kind) {
      case "immediate":
        fields.immediate = parseInteger(wide, operand.digits);
        break;
      case "register":
        if (line.form?.uses[i] === "read" && fields.b === undefined) fields.b = operand.register;
        else fields.a = operand.register;
        break;
      case "memory":
        fields.displacement =
          operand.variable === undefined
            ? parseInteger(wide, operand.displacement)
            : takesMemory(line, i)
              ? resolver.variable(operand.variable, operand)
              : 0;
        fields.base = operand.base?.register ?? 0;
        fields.index = operand.index?.register ?? 0;
        fields.scale = operand.scale;
        break;
      case "label":
        fields.target = resolver.label(operand);
        break;
      default:
        break;
    }
  });
  if (line.spec?.condition) fields.a = line.spec.condition.mask;
  return fields;
}
