import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WARNINGS } from "../../core/analysis/warnings.ts";
import { FIRST_LINE } from "../../core/litmus/looks-like.ts";
import { inRoot } from "../../scripts/lib.mjs";
import { LEGEND } from "../../server/features/semantic-tokens.ts";
import { DEFAULT_SETTINGS, readSettings } from "../../server/settings.ts";

const { contributes } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
const properties = contributes.configuration.properties;

test("the manifest offers a setting for every kind of warning, with its own severity as default", () => {
  const offered = Object.entries(properties["interleave.warnings"].properties).map(([code, schema]) => {
    const { default: severity, markdownDescription } = schema as Record<string, string>;
    return [code, severity, markdownDescription!.toLowerCase()];
  });
  expect(offered).toEqual(WARNINGS.map((w) => [w.code, w.severity, `${w.summary}.`.toLowerCase()]));
});

test("the manifest's other defaults are the server's", () => {
  const defaults: Record<string, Record<string, unknown>> = {};
  for (const [name, { default: value }] of Object.entries<{ default: unknown }>(properties)) {
    const [, first, second] = name.split(".") as [string, string, string | undefined];
    defaults[first] = second ? { ...defaults[first], [second]: value } : (value as Record<string, unknown>);
  }
  expect(readSettings(defaults)).toEqual(DEFAULT_SETTINGS);
});

test("the documentation has a section on every kind of warning, and no other", () => {
  const text = readFileSync(inRoot("docs/warnings.md"), "utf8");
  expect([...text.matchAll(/^## (.*)$/gm)].map((m) => m[1])).toEqual(WARNINGS.map((w) => w.code));
});

test("the manifest declares the tokens that VS Code does not know", () => {
  const known = ["label", "variable", "keyword", "declaration", "modification"];
  const declared = [...contributes.semanticTokenTypes, ...contributes.semanticTokenModifiers].map(
    (t) => t.id,
  );
  const all = [...LEGEND.tokenTypes, ...LEGEND.tokenModifiers] as string[];
  expect(declared).toEqual(all.filter((id) => !known.includes(id)));
});

test("the manifest knows a litmus test by the first line by which the extension does", () => {
  const { firstLine } = contributes.languages.find(({ id }: { id: string }) => id === "litmus");
  expect(firstLine).toBe(FIRST_LINE.source);
});
