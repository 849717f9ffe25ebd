// Compiles AssemblyScript, for bundles and for tests: `import bytes from "./x.wasm"` means what `x.as.ts`, and what it imports, becomes.
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import asc from "assemblyscript/asc";

/** By source: compiling takes half a second, and most bundles have the same. @type {Map<string, Promise<Uint8Array>>} */
const compiled = new Map();

/** @param {string} wasm @returns {Promise<Uint8Array>} the module, or an error that tells what the compiler says */
export function assemble(wasm) {
  const source = wasm.replace(/\.wasm$/, ".as.ts");
  if (!compiled.has(source)) compiled.set(source, compile(source));
  return /** @type {Promise<Uint8Array>} */ (compiled.get(source));
}

/** @param {string} source @returns {Promise<Uint8Array>} */
async function compile(source) {
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    [
      basename(source),
      "--outFile",
      "module.wasm",
      "-O3",
      "--converge",
      "--runtime",
      "stub",
      "--importMemory",
      "--enable",
      "simd",
      "--noAssert",
    ],
    {
      readFile: (name) => readFile(join(dirname(source), name), "utf8").catch(() => null),
      writeFile: (name, contents) => {
        if (name === "module.wasm") binary = /** @type {Uint8Array} */ (contents);
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`${source}: ${stderr.toString()}`);
  return binary;
}

/** For esbuild. @type {import("esbuild").Plugin} */
export const assembly = {
  name: "assembly",
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
    }));
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: await assemble(path),
      loader: "binary",
    }));
  },
};
