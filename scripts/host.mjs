// Installs a real VS Code, server and web workbench, into .host/. The npm package code-server serves as its container: only the
// VS Code inside is used, which needs neither a compiler nor install scripts.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { inRoot, main, need, npm, Problem, say } from "./lib.mjs";

const VERSION = "4.139.1";
const INTEGRITY =
  "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==";

export const hostFolder = inRoot(".host");
const installed = path.join(hostFolder, `code-server-${VERSION}`);

/** The program that serves VS Code; runs under packagedNode(). */
export const serverMain = path.join(installed, "lib/vscode/out/server-main.js");

/** Large parts that nothing here touches. (The web workbench asks for some built-in extensions by name: those stay.) */
const UNUSED = [
  "node_modules/@github",
  "node_modules/@microsoft/mxc-sdk",
  "node_modules/@devcontainers",
  "extensions/copilot",
  "extensions/github",
  "extensions/mermaid-markdown-features",
  "extensions/microsoft-authentication",
  "extensions/ms-vscode.js-debug",
  "extensions/ms-vscode.js-debug-companion",
  "extensions/ms-vscode.vscode-js-profile-table",
];

/** Does nothing when the host is there already. */
export async function installHost() {
  if (existsSync(serverMain)) return;
  if (process.platform === "win32")
    throw new Problem("a served VS Code is not available on Windows; install the desktop VS Code");
  mkdirSync(hostFolder, { recursive: true });
  const work = mkdtempSync(path.join(hostFolder, "installing-"));
  try {
    say("Installing VS Code into .host/ (once; some 50 MB to load) …");
    await fetchPackage(work);
    say("  its packages …");
    const vscode = path.join(work, "package/lib/vscode");
    const [command, args] = npm(
      "install",
      "--omit=dev",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    );
    await need("npm install for VS Code", command, args, { cwd: vscode, quiet: true });
    for (const part of UNUSED) rmSync(path.join(vscode, part), { recursive: true, force: true });
    // A rename makes it visible whole or not at all, even when two installs race.
    if (!existsSync(installed)) renameSync(path.join(work, "package"), installed);
    say("  done.");
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function fetchPackage(folder) {
  const [command, args] = npm("pack", `code-server@${VERSION}`, "--silent", "--pack-destination", folder);
  await need("npm pack code-server", command, args, { quiet: true });
  const tarball = path.join(folder, `code-server-${VERSION}.tgz`);
  const digest = createHash("sha512").update(readFileSync(tarball)).digest("base64");
  if (`sha512-${digest}` !== INTEGRITY)
    throw new Problem(`code-server-${VERSION}.tgz is not the expected file (sha512-${digest})`);
  await need("tar", "tar", ["xzf", tarball, "-C", folder], { quiet: true });
}

await main(import.meta, installHost);
