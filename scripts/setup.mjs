// Installs the packages of the lockfile when they are missing or older than it. Quiet when there is nothing to do.
import { statSync } from "node:fs";
import { inRoot, main, need, npm, say } from "./lib.mjs";

/** @param {string} file */
const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export async function setup() {
  // npm writes the hidden lockfile last, so an install that was cut off counts as missing.
  if (changedAt(inRoot("node_modules/.package-lock.json")) >= changedAt(inRoot("package-lock.json"))) return;
  say("Installing packages (npm ci) …");
  const started = Date.now();
  await need("npm ci", ...npm("ci", "--no-audit", "--no-fund", "--loglevel=error"), { quiet: true });
  say(`Installed packages in ${Math.round((Date.now() - started) / 1000)} s.`);
}

await main(import.meta, setup);
