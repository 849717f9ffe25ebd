// Packs dist/interleave.vsix. What goes in is the list "files" of package.json.
import { build } from "./build.mjs";
import { bin, inRoot, main, need } from "./lib.mjs";

export const vsix = inRoot("dist/interleave.vsix");

/** Bundles are built first, so that the package is never older than the source. */
export async function makePackage() {
  await build();
  const args = [
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    vsix,
  ];
  await need("vsce package", bin("vsce"), args, { quiet: true });
}

await main(import.meta, makePackage);
