import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formText } from "../../core/asm/forms.ts";
import { DIRECTIVE_TABLE } from "../../core/asm/keywords.ts";
import { accessOf } from "../../core/isa/describe.ts";
import { type Form, INSTRUCTIONS, type InstructionSpec } from "../../core/isa/instruction-set.ts";
import { REGISTER_ROLES } from "../../core/isa/registers.ts";
import { X86_INSTRUCTIONS, type X86Instruction } from "../../core/isa/x86.ts";
import type { OptionSpec } from "../../core/options/parse.ts";
import { RUN_LINE_OPTIONS } from "../../core/options/run.ts";
import { inRoot } from "../../scripts/lib.mjs";

type Row = readonly string[];

const code = (text: string): string => `\`${text}\``;

/** A table of Markdown with columns of even width. */
function table(...rows: readonly Row[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = cells[0]!.map((_, i) => Math.max(3, ...cells.map((row) => [...row[i]!].length)));
  const line = (row: Row): string =>
    `| ${row.map((cell, i) => cell + " ".repeat(widths[i]! - [...cell].length)).join(" | ")} |`;
  const [head, ...body] = cells.map(line);
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}

const instructionRow =
  (spec: InstructionSpec) =>
  (form: Form): Row => {
    const notes = [
      ...(spec.flags ? [`${spec.flags} the codes`] : []),
      ...(spec.extension ? ["not in x86.py"] : []),
    ];
    const access = accessOf(form);
    return [
      code(`${spec.mnemonic} ${formText(form)}`.trimEnd()),
      form.effect,
      access === "none" ? "" : access,
      notes.join(", "),
    ];
  };

const DIALECTS = { x86: "X86", x86_64: "X86_64" };

function litmusRow(spec: X86Instruction): Row {
  const notes = [
    ...(spec.flags ? [`${spec.flags} flags`] : []),
    ...(spec.lockable ? ["can be locked"] : []),
    ...(spec.extension ? ["not in herd"] : []),
    ...(spec.dialects.length === 1 ? [`only ${DIALECTS[spec.dialects[0]!]}`] : []),
  ];
  return [code(spec.mnemonic), spec.summary, [...spec.suffixes].join(" "), notes.join(", ")];
}

const flagRow = ({ short, long, value, choices, summary }: OptionSpec): Row => {
  const names = [...(short ? [`-${short}`] : []), `--${long}`];
  const what = [choices?.join("|") ?? value].filter((text) => text !== undefined);
  return [code([names.join(", "), ...what].join(" ")), summary];
};

const TABLES: Readonly<Record<string, string>> = {
  registers: table(
    ["register", "is"],
    ...Object.entries(REGISTER_ROLES).map(([name, role]) => [code(`%${name}`), role]),
  ),
  instructions: table(
    ["instruction", "effect", "memory", ""],
    ...INSTRUCTIONS.flatMap((spec) => spec.forms.map(instructionRow(spec))),
  ),
  directives: table(
    ["line", "says"],
    ...DIRECTIVE_TABLE.map(({ keyword, example, summary }) => [code(`#@ ${keyword} ${example}`), summary]),
  ),
  flags: table(["flag", "means"], ...Object.values<OptionSpec>(RUN_LINE_OPTIONS).map(flagRow)),
  litmus: table(
    ["instruction", "does", "sizes", ""],
    ...X86_INSTRUCTIONS.filter(({ shape }) => shape !== "refused").map(litmusRow),
  ),
};

/** The prose of the page is written by hand, its tables come from those of `core`: `npx vitest run test/isa --update` brings them up to date. */
test("docs/language.md has the tables of the language as they are", async () => {
  const file = inRoot("docs/language.md");
  const page = readFileSync(file, "utf8").replace(
    /(<!-- table: (\w+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, open: string, name: string, close: string) => `${open}\n\n${TABLES[name]}\n\n${close}`,
  );
  await expect(page).toMatchFileSnapshot(file);
});
