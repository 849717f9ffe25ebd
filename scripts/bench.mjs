// `npm run bench`: bundles bench/*.bench.ts and runs them in a process of their own.
import { readdirSync } from "node:fs";
import { build as esbuild } from "esbuild";
import { assembly } from "./assembly.mjs";
import { build, loader } from "./build.mjs";
import { inRoot, main, need, Problem, packagedNode } from "./lib.mjs";

const BUNDLE = inRoot("dist/test/bench.js");

await main(import.meta, async () => {
  const files = readdirSync(inRoot("bench")).filter((name) => name.endsWith(".bench.ts"));
  if (files.length === 0) throw new Problem("there are no benchmarks in bench/");
  const imports = files.map((file, i) => `import b${i} from "./${file}";`);
  const list = files.map((_, i) => `...b${i}`).join(", ");
  await build();
  await esbuild({
    stdin: {
      contents: [
        'import { main } from "./main.ts";',
        ...imports,
        `main([${list}], process.argv.slice(3), process.argv[2]);`,
      ].join("\n"),
      resolveDir: inRoot("bench"),
    },
    outfile: BUNDLE,
    bundle: true,
    loader,
    plugins: [assembly],
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: true,
  });
  await need("npm run bench", packagedNode(), [
    BUNDLE,
    inRoot("bench/baseline.json"),
    ...process.argv.slice(2),
  ]);
});
