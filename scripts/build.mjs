// Bundles the entry points into dist/.
import { build as esbuild } from "esbuild";
import { assembly } from "./assembly.mjs";
import { inRoot, main } from "./lib.mjs";

/** @typedef {import("esbuild").BuildOptions} Options */

/** The C of `hardware` is imported as text. @type {NonNullable<Options["loader"]>} */
export const loader = { ".c": "text" };

/** @type {Options} */
const node = { platform: "node", format: "cjs", target: "node20", external: ["vscode"] };

/** The web worker host of VS Code loads CommonJS, too; a Node builtin that gets into such a bundle is an error. @type {Options} */
const browser = {
  platform: "browser",
  format: "cjs",
  target: "es2022",
  external: ["vscode"],
  define: { global: "globalThis" },
};

/** A page of a webview; its style sheet becomes a file beside it. @type {Options} */
const page = { platform: "browser", format: "esm", target: "es2022" };

/** Bundle, source, and where it runs. @type {readonly (readonly [string, string, Options])[]} */
const entryPoints = [
  ["cli.js", "cli/main.ts", { ...node, banner: { js: "#!/usr/bin/env node" } }],
  ["partition.js", "cli/partition.ts", node],
  ["debugger.js", "debugger/node.ts", node],
  ["server.js", "server/node.ts", node],
  ["server.web.js", "server/browser.ts", { ...browser, format: "iife" }],
  ["extension.js", "client/node.ts", node],
  ["extension.web.js", "client/browser.ts", browser],
  ["explorer.js", "client/explore/worker/node.ts", node],
  ["explorer.web.js", "client/explore/worker/browser.ts", { ...browser, format: "iife" }],
  ["partition.web.js", "client/explore/worker/partition-browser.ts", { ...browser, format: "iife" }],
  ["machine.js", "client/webview/machine.ts", page],
  ["outcomes.js", "client/webview/outcomes.ts", page],
  ["graph.js", "client/webview/graph.ts", { ...page, minify: true, charset: "utf8" }],
  ["timeline.js", "client/webview/timeline.ts", page],
];

/** What runs inside VS Code in the editor tests; never packaged. @type {typeof entryPoints} */
const testEntryPoints = [
  ["test/suite.js", "test/editor/suite/node.ts", { ...node, external: ["vscode", "mocha"] }],
  ["test/suite.web.js", "test/editor/suite/browser.ts", browser],
];

/** @param {typeof entryPoints} entries */
const bundle = (entries) =>
  Promise.all(
    entries.map(([name, source, options]) =>
      esbuild({
        ...options,
        entryPoints: [inRoot(source)],
        outfile: inRoot("dist", name),
        absWorkingDir: inRoot(),
        bundle: true,
        loader,
        plugins: [assembly],
        sourcemap: true,
        sourcesContent: false,
        logLevel: "warning",
      }),
    ),
  );

export const build = () => bundle(entryPoints);
export const buildTests = () => bundle(testEntryPoints);

await main(import.meta, build);
