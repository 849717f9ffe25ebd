import type { Check, Location, Lookup, WrittenCheck } from "../check/check.ts";
import { compileProposition } from "../condition/evaluate.ts";
import { parseProposition } from "../condition/parse.ts";
import { locationsOf, type Location as NamedLocation, QUANTIFIERS } from "../condition/tree.ts";
import { litmusChecks } from "../litmus/checks.ts";
import { latest } from "../machine/describe.ts";
import { CELL_SPACING, type Program } from "../machine/program.ts";
import { noSuchThread } from "../machine/refusal.ts";
import { fromBigInt } from "../machine/wide.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { didYouMean, nearest } from "../text/nearest.ts";
import { type Range, range } from "../text/range.ts";
import { isUntouched } from "./untouched.ts";

export interface ReadChecks {
  readonly checks: readonly WrittenCheck[];
  /** Errors, each of a check that is missing, and warnings. Ranges are of the text that was read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all checks that stand in the text of a program that runs so many threads. Never throws. */
export function checksOf(program: Program, threads: number): ReadChecks {
  if (program.dialect !== "asm") return { checks: litmusChecks(program), diagnostics: [] };
  const results = program.checks.map(({ kind, range: where, body }) => {
    const text = program.text.slice(body.start, body.end).trim();
    return readBody(program, threads, program.text, kind, body, { text: `${kind} ${text}`, range: where });
  });
  return {
    checks: results.flatMap((r) => r.checks),
    diagnostics: results.flatMap((r) => r.diagnostics),
  };
}

/** Reads one check from a text of its own, as in `exists (count = 1)`. */
export function readCheck(program: Program, threads: number, text: string): ReadChecks {
  const kinds = [...QUANTIFIERS, "mutex"];
  const [, blank = "", kind = ""] = /^(\s*)(~?\w*)/.exec(text)!;
  if (!kinds.includes(kind)) {
    const message = `a check begins with one of ${kinds.join(", ")}${didYouMean(nearest(kind, kinds))}`;
    return failure(range(blank.length, blank.length + Math.max(1, kind.length)), message);
  }
  const body = range(blank.length + kind.length, text.length);
  return readBody(program, threads, text, kind, body, { text: text.trim() });
}

function readBody(
  program: Program,
  threads: number,
  text: string,
  kind: string,
  body: Range,
  written: Omit<WrittenCheck, "check">,
): ReadChecks {
  const done = (check: Check, diagnostics: readonly Diagnostic[] = []): ReadChecks => ({
    checks: [{ ...written, check }],
    diagnostics,
  });
  if (kind === "mutex") {
    const region = readRegion(program, text, body);
    return "diagnostics" in region ? region : done({ kind: "mutex", ...region });
  }
  const quantifier = QUANTIFIERS.find((q) => q === kind);
  if (!quantifier) return { checks: [], diagnostics: [] }; // an unknown directive, which the assembler has reported
  const { proposition, diagnostics } = parseProposition(text, body, "asm");
  if (!proposition) return { checks: [], diagnostics };
  const resolver = createResolver(program, threads);
  const named = locationsOf(proposition);
  const locations = named.map(resolver.resolve);
  if (resolver.diagnostics.length > 0) return { checks: [], diagnostics: resolver.diagnostics };
  const holds = compileProposition<Lookup>(proposition, {
    wide: program.wide,
    address: (name) => latest(program.variables).find((v) => v.name === name)!.address,
    location: (named) => {
      const location = resolver.resolve(named);
      return (lookup) => lookup(location);
    },
  });
  return done({ kind: quantifier, proposition: { locations, holds } }, untouchedCells(program, named));
}

/** Warns of addresses that are probably not the ones that are meant. */
const untouchedCells = (program: Program, locations: readonly NamedLocation[]): Diagnostic[] =>
  locations.flatMap((l): Diagnostic[] => {
    if (l.kind !== "address" || !isUntouched(program, fromBigInt(program.wide, l.address))) return [];
    const message = `no variable lies at address ${l.address}, and no instruction reads or writes it, so it never changes`;
    return [{ code: "untouched-cell", severity: "warning", message, range: l.range }];
  });

/** Reads `.acquired .release`. */
function readRegion(
  program: Program,
  text: string,
  body: Range,
): { readonly from: number; readonly to: number } | ReadChecks {
  const words = [...text.slice(body.start, body.end).matchAll(/\S+/g)].map((match) => ({
    name: match[0],
    range: range(body.start + match.index, body.start + match.index + match[0].length),
  }));
  if (words.length !== 2) {
    return failure(
      body,
      "mutex takes two labels, where the region begins and where it ends: mutex .acquired .release",
    );
  }
  const targets: number[] = [];
  for (const { name, range: where } of words) {
    const label = program.labels.findLast((l) => l.name === name);
    if (!label) {
      const names = program.labels.map((l) => l.name);
      return failure(where, `there is no label \`${name}\`${didYouMean(nearest(name, names))}`);
    }
    targets.push(label.target);
  }
  const [from, to] = targets as [number, number];
  if (from >= to)
    return failure(body, `\`${words[1]!.name}\` must come after \`${words[0]!.name}\` in the program`);
  return { from, to };
}

/** Finds what the names of a proposition stand for, and notes those that stand for nothing. */
function createResolver(program: Program, threads: number) {
  const diagnostics: Diagnostic[] = [];
  const complain = (where: Range, message: string): Location => {
    diagnostics.push(...failure(where, message).diagnostics);
    return { kind: "memory", address: Number.NaN };
  };
  const resolve = (named: NamedLocation): Location => {
    if (named.kind === "address") return { kind: "memory", address: fromBigInt(program.wide, named.address) };
    if (named.kind === "variable") {
      const variables = latest(program.variables);
      const variable = variables.find((v) => v.name === named.name);
      if (!variable) {
        const names = variables.map((v) => v.name);
        const isRegister = program.registers.includes(named.name);
        const hint = isRegister
          ? `; a register has its thread in front: \`0:${named.name}\``
          : didYouMean(nearest(named.name, names));
        return complain(named.nameRange, `no variable \`${named.name}\` is declared${hint}`);
      }
      const index = named.index ?? 0;
      if (index < 0 || index >= Math.max(1, variable.count)) {
        return complain(named.range, `\`${named.name}\` has ${variable.count} cells, numbered from 0`);
      }
      return { kind: "memory", address: variable.address + index * CELL_SPACING };
    }
    const register = program.registers.indexOf(named.name);
    if (named.thread >= threads) {
      return complain(named.threadRange, noSuchThread(named.thread, threads));
    }
    if (register < 0) {
      return complain(
        named.nameRange,
        `\`${named.name}\` is not a register; there are ${program.registers.slice(1).join(" ")}`,
      );
    }
    return { kind: "register", thread: named.thread, register };
  };
  return { resolve, diagnostics };
}

const failure = (where: Range, message: string): ReadChecks => ({
  checks: [],
  diagnostics: [{ code: "bad-check", severity: "error", message, range: where }],
});
