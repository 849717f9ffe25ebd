import type { Diagnostic, Severity } from "../text/diagnostic.ts";
import { silencer } from "../text/silence.ts";
import type { Steps } from "../text/steps.ts";
import {
  addressesOfVariables,
  neverWritten,
  pushesOfMemory,
  storesIntoCode,
  unalignedAddresses,
  untouchedCells,
} from "./warnings/addresses.ts";
import { jumpsBeforeTest } from "./warnings/flags.ts";
import { plainLockWarnings, reorderingWarnings } from "./warnings/memory-order.ts";
import { duplicateNames, unusedLabels, unusedVariables } from "./warnings/names.ts";
import {
  callsWithoutReturn,
  endlessLoops,
  fallingOffTheEnd,
  noHalt,
  unreachableCode,
} from "./warnings/reachability.ts";
import { unbalancedStack } from "./warnings/stack.ts";
import type { Finding, TextSubject, WaysSubject } from "./warnings/subject.ts";

/** A kind of warning, as settings and the documentation name it. */
export interface WarningSpec {
  readonly code: string;
  /** How it is shown unless a setting says otherwise. */
  readonly severity: Severity;
  /** For the list of settings: what it tells. */
  readonly summary: string;
  /** The text has no effect, and editors may fade it. */
  readonly unnecessary?: true;
}

/** All kinds of warnings; `docs/warnings.md` has a section on each. */
export const WARNINGS: readonly WarningSpec[] = [
  { code: "duplicate-label", severity: "warning", summary: "a label is declared twice; the last one counts" },
  {
    code: "duplicate-variable",
    severity: "warning",
    summary: "a variable is declared twice; the last one counts",
  },
  { code: "unused-label", severity: "hint", summary: "nothing jumps to a label", unnecessary: true },
  { code: "unused-variable", severity: "warning", summary: "a variable is never used", unnecessary: true },
  {
    code: "unreachable-code",
    severity: "hint",
    summary: "no thread can come to an instruction",
    unnecessary: true,
  },
  {
    code: "jump-before-test",
    severity: "warning",
    summary: "a conditional jump that no `test` comes before",
  },
  { code: "falls-off-end", severity: "warning", summary: "a thread can run behind the last instruction" },
  { code: "no-halt", severity: "warning", summary: "no way through the program comes to a `halt`" },
  { code: "endless-loop", severity: "warning", summary: "a loop without a way out" },
  { code: "store-into-code", severity: "warning", summary: "a store to the address of an instruction" },
  { code: "never-written", severity: "warning", summary: "a cell that is read, but never written" },
  { code: "plain-lock", severity: "warning", summary: "a lock taken by load, test and store" },
  { code: "may-reorder", severity: "information", summary: "a load that may overtake a store under TSO" },
  { code: "push-address", severity: "warning", summary: "`push` of a memory operand" },
  { code: "call-without-ret", severity: "warning", summary: "a call of code without `ret`" },
  { code: "unbalanced-stack", severity: "warning", summary: "pushes and pops that do not match" },
  { code: "unaligned-address", severity: "warning", summary: "an address that is not a multiple of 4" },
  { code: "overlaps-variable", severity: "warning", summary: "a number that is the address of a variable" },
  {
    code: "untouched-cell",
    severity: "warning",
    summary: "a check of a cell that nothing reads or writes",
  },
  { code: "unknown-directive", severity: "warning", summary: "a `#@` line with an unknown keyword" },
];

const TEXT_RULES: readonly ((subject: TextSubject) => Finding[])[] = [
  ({ assembly }) => assembly.diagnostics.filter((d) => d.severity !== "error"),
  duplicateNames,
  unusedLabels,
  unusedVariables,
  unalignedAddresses,
  addressesOfVariables,
  pushesOfMemory,
  storesIntoCode,
  neverWritten,
];

const WAYS_RULES: readonly ((subject: WaysSubject) => Finding[])[] = [
  unreachableCode,
  jumpsBeforeTest,
  fallingOffTheEnd,
  noHalt,
  endlessLoops,
  plainLockWarnings,
  reorderingWarnings,
  callsWithoutReturn,
  unbalancedStack,
  untouchedCells,
];

const byCode = new Map(WARNINGS.map((w) => [w.code, w]));

/**
 * Everything that is legal and probably not meant, but for what the text silences. Ways through the program are judged where they are
 * known. Each rule is a step.
 */
export function* findWarnings(subject: TextSubject | WaysSubject): Steps<Diagnostic[]> {
  const found: Finding[][] = [];
  for (const rule of TEXT_RULES) {
    found.push(rule(subject));
    yield;
  }
  if ("flow" in subject) {
    for (const rule of WAYS_RULES) {
      found.push(rule(subject));
      yield;
    }
  }
  const findings = found.flat();
  const { lines, nodes } = subject.tree;
  const isSilenced = silencer(
    lines,
    nodes.flatMap((node) => node.comment ?? []),
  );
  return findings
    .filter(({ code, range }) => !isSilenced(code, lines.position(range.start).line))
    .map((finding) => {
      const { severity, unnecessary } = byCode.get(finding.code)!;
      return { ...finding, severity, ...(unnecessary ? { unnecessary } : {}) };
    });
}
