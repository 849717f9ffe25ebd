import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { bin, inRoot } from "../../scripts/lib.mjs";

type Import = readonly [folder: string, imported: string];

const allowed: readonly Import[] = [
  ["core/asm", "../text/range.ts"],
  ["server/features", "../../core/asm/parse.ts"],
  ["server", "vscode-languageserver/node"],
  ["debugger", "node:process"],
  ["cli", "../hardware/threads.ts"],
  ["client", "vscode"],
  ["client", "../debugger/session.ts"],
];

const forbidden: readonly Import[] = [
  ["core/asm", "node:fs"],
  ["core/asm", "fs"],
  ["core/asm", "vscode"],
  ["core/asm", "vscode-languageserver"],
  ["core/asm", "../../cli/main.ts"],
  ["core", "../debugger/session.ts"],
  ["server/features", "vscode"],
  ["server/features", "../../client/extension.ts"],
  ["server", "../debugger/session.ts"],
  ["debugger", "vscode"],
  ["debugger", "../server/node.ts"],
  ["debugger/requests", "../../cli/main.ts"],
  ["cli", "vscode"],
  ["cli", "../server/node.ts"],
  ["hardware", "../cli/main.ts"],
];

/** Those of the imports that the lint rules of the repository refuse, each written into a file of its own. */
function refused(imports: readonly Import[]): readonly Import[] {
  const folder = mkdtempSync(path.join(tmpdir(), "interleave-boundaries-"));
  try {
    const { vcs: _, $schema: __, ...rules } = JSON.parse(readFileSync(inRoot("biome.json"), "utf8"));
    writeFileSync(path.join(folder, "biome.json"), JSON.stringify(rules));
    for (const [i, [room, imported]] of imports.entries()) {
      mkdirSync(path.join(folder, room), { recursive: true });
      writeFileSync(path.join(folder, room, `case-${i}.ts`), `export { a } from "${imported}";\n`);
    }
    const args = ["lint", "--only=style/noRestrictedImports", "--reporter=github", "--max-diagnostics=none"];
    const { stdout } = spawnSync(bin("biome"), args, { cwd: folder, encoding: "utf8" });
    return imports.filter((_, i) => stdout.includes(`/case-${i}.ts,`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("The import boundaries", () => {
  test("let through what the architecture allows", () => expect(refused(allowed)).toEqual([]));
  test("stop everything else", () => expect(refused(forbidden)).toEqual(forbidden));
});

/** From the ground up: each of them imports from those before it. */
const ROOMS_OF_CORE = [
  "text",
  "isa",
  "machine",
  "schedule",
  "condition",
  "options",
  "asm",
  "check",
  "litmus",
  "load",
  "run",
  "execution",
  "analysis",
  "explore",
  "herd",
];

const roomOf = (file: string): number =>
  ROOMS_OF_CORE.indexOf(path.relative("core", file).split(path.sep)[0]!);

describe("The rooms of core", () => {
  const files = readdirSync(inRoot("core"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.includes(path.sep) && file.endsWith(".ts"))
    .map((file) => path.join("core", file));

  test("are all in the plan", () => {
    expect(new Set(files.map(roomOf))).toEqual(new Set(ROOMS_OF_CORE.keys()));
  });

  test("import only from those further down", () => {
    const upwards = files.flatMap((file) =>
      [...readFileSync(inRoot(file), "utf8").matchAll(/ from "(\..*?)"/g)]
        .map(([, imported]) => path.join(path.dirname(file), imported!))
        .filter((imported) => roomOf(imported) > roomOf(file))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(upwards).toEqual([]);
  });
});
