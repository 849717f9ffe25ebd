#!/usr/bin/env node
// Stands where @vscode/test-electron expects the program of a desktop VS Code, takes its command line, and runs the tests in the served
// VS Code instead. The work is in shim-main.ts, which needs a Node that runs TypeScript.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { packagedNode } from "../../../scripts/lib.mjs";

const program = fileURLToPath(new URL("shim-main.ts", import.meta.url));
// The package cannot say that its sources are ES modules: VS Code would then take the bundles for such, too.
const quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON";
const { status } = spawnSync(packagedNode(), [quiet, program, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);
