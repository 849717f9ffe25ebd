import { existsSync, rmSync } from "node:fs";
import { runTests } from "@vscode/test-electron";
import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { inRoot, root } from "../../scripts/lib.mjs";
import { makeWorkspace } from "./driver/editor.ts";
import { runSuite } from "./driver/run-suite.ts";

/** Where the installers of the desktop VS Code put its program; `VSCODE` names another. */
const DESKTOP = ["/usr/share/code/code", "/Applications/Visual Studio Code.app/Contents/MacOS/Electron"];

const desktop = process.env["VSCODE"] ?? DESKTOP.find(existsSync);

describe.skipIf(!findChromium())("The tests inside VS Code pass", () => {
  test(`in the Node extension host (${desktop ?? "served VS Code"})`, async () => {
    const workspace = makeWorkspace({});
    await runTests({
      vscodeExecutablePath: desktop ?? inRoot("test/editor/driver/vscode-shim.mjs"),
      extensionDevelopmentPath: root,
      extensionTestsPath: inRoot("dist/test/suite.js"),
      launchArgs: [workspace],
    });
    rmSync(workspace, { recursive: true });
  });

  test("in the web worker host", async () => {
    const workspace = makeWorkspace({});
    const { passed, failed, report } = await runSuite("web", "dist/test/suite.web.js", workspace);
    expect(failed, report).toBe(0);
    expect(passed).toBeGreaterThan(0);
    rmSync(workspace, { recursive: true });
  });
});
