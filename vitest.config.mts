import path from "node:path";
import { defineConfig } from "vitest/config";
import { assemble } from "./scripts/assembly.mjs";

/** The C of `hardware` is imported as text, as the bundler does it. */
const cSources = {
  name: "c-sources",
  transform: (code: string, id: string) =>
    id.endsWith(".c") ? `export default ${JSON.stringify(code)};` : undefined,
};

/** AssemblyScript is imported as what it is compiled to, as the bundler does it. */
const assembly = {
  name: "assembly",
  enforce: "pre" as const,
  resolveId: (id: string, from?: string) =>
    id.endsWith(".wasm") && from ? path.resolve(path.dirname(from), id) : undefined,
  load: async (id: string) =>
    id.endsWith(".wasm")
      ? `export default new Uint8Array([${Array.from(await assemble(id)).join()}]);`
      : undefined,
};

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [cSources, assembly],
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/editor/**"],
          globalSetup: "test/global-setup.ts",
          // One a core: nothing else is to be done meanwhile.
          maxWorkers: "100%",
          // No test asserts how long something takes; this only ends what hangs, on a crowded machine, too.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "editor",
          include: ["test/editor/**/*.test.ts"],
          globalSetup: "test/editor/global-setup.ts",
          // Each file starts a VS Code and a browser, which wait more than they work: two at a time, and after the other tests.
          maxWorkers: 2,
          // An editor driven from outside may swallow a key or a click on a crowded machine; a real failure fails twice.
          retry: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
