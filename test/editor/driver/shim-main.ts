import path from "node:path";
import { root } from "../../../scripts/lib.mjs";
import { runSuite } from "./run-suite.ts";

const TESTS = "--extensionTestsPath=";

const args = process.argv.slice(2);
const tests = args.find((arg) => arg.startsWith(TESTS))?.slice(TESTS.length);
const workspace = args.find((arg) => !arg.startsWith("-"));
if (!tests || !workspace) throw new Error(`usage: ${TESTS}FILE WORKSPACE`);

const { passed, failed, report } = await runSuite("node", path.relative(root, tests), workspace);
console.log(report);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
