import { readFileSync } from "node:fs";
import { listFiles, PackageManager } from "@vscode/vsce";
import { describe, expect, test } from "vitest";
import { inRoot, root } from "../../scripts/lib.mjs";

const manifest = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
const files = await listFiles({ cwd: root, packageManager: PackageManager.None });

/** A path of the manifest as the list of files has it. */
const listed = (file: string): string => file.replace("./", "");

describe("The package", () => {
  test("holds every file that its manifest names", () => {
    const { languages, grammars } = manifest.contributes;
    const configurations = languages.map((language: { configuration: string }) => language.configuration);
    const paths = grammars.map((grammar: { path: string }) => grammar.path);
    for (const file of [manifest.main, manifest.browser, ...configurations, ...paths]) {
      expect(files).toContain(listed(file));
    }
  });

  test("holds nothing that people do not need", () => {
    const needed = [
      /^package\.json$/,
      /^(README|CHANGELOG)\.md$/,
      /^(LICENSE|THIRD-PARTY-NOTICES\.md)$/,
      /^[\w-]+-configuration\.json$/,
      /^syntaxes\/[\w-]+\.tmLanguage\.json$/,
      /^examples\/[\w-]+\.(s|litmus)$/,
      /^docs\/(\w+\.md|images\/\w+\.png)$/,
      /^dist\/(cli|(extension|server|explorer|partition)(\.web)?)\.js$/,
      /^dist\/(machine|timeline|outcomes|graph)\.(js|css)$/,
    ];
    expect(files.filter((file) => !needed.some((pattern) => pattern.test(file)))).toEqual([]);
  });
});
