import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const all = mkdtempSync(path.join(tmpdir(), "interleave-bench-"));
process.once("exit", () => rmSync(all, { recursive: true, force: true }));

/** Makes a temporary folder that is gone when this process ends. */
export const temporaryFolder = (): string => mkdtempSync(path.join(all, "folder-"));
