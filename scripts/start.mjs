// Shows in the terminal what store buffering does under SC and under TSO, then opens the debugger on the examples: in the desktop
// VS Code where there is one, else in a VS Code served on 127.0.0.1. `--no-editor` stops before that.
import path from "node:path";
import { build } from "./build.mjs";
import { hostFolder } from "./host.mjs";
import { inRoot, main, need, onPath, packagedNode, run, say } from "./lib.mjs";
import { makePackage, vsix } from "./package.mjs";
import { installExtension, startServer } from "./vscode-server.mjs";

const EXAMPLES = inRoot("examples");

async function showStoreBuffering() {
  const example = path.relative(inRoot(), path.join(EXAMPLES, "store-buffering.s"));
  say(`What ${example} can do on sequentially consistent memory (SC) and on x86 (TSO):\n`);
  // Its exit status says that a check fails under SC: that is the point of the example.
  await run(packagedNode(), [inRoot("dist/cli.js"), "explore", example, "--model", "both"]);
}

/** @param {string} code the command of the desktop VS Code */
async function openDesktop(code) {
  await need("opening VS Code", code, ["--new-window", `--extensionDevelopmentPath=${inRoot()}`, EXAMPLES]);
  say("\nVS Code opens on the examples: choose a .s file and press F5.");
}

async function serve() {
  await makePackage();
  await installExtension(hostFolder, vsix);
  const server = await startServer({ dataFolder: hostFolder, preferredPort: 8642 });
  process.once("SIGINT", server.stop);
  process.once("SIGTERM", server.stop);
  const query = new URLSearchParams({ tkn: server.token, folder: EXAMPLES });
  say(`\nOpen this address in a browser, choose a .s file and press F5 (Ctrl+C here ends it):\n`);
  console.log(`  http://127.0.0.1:${server.port}/?${query}`);
  await server.ended;
}

await main(import.meta, async () => {
  await build();
  await showStoreBuffering();
  if (process.argv.includes("--no-editor")) return;
  const code = onPath("code");
  await (code ? openDesktop(code) : serve());
});
