import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

export const CLI = path.resolve("dist/cli.js");

/** Runs the built command line in a folder of its own. */
export function interleave(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** Runs it and sends it Ctrl+C after so many milliseconds. */
export function interrupted(
  after: number,
  ...words: string[]
): Promise<{ status: number | null; stdout: string; milliseconds: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...words], {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const timer = setTimeout(() => child.kill("SIGINT"), after);
  return new Promise((resolve) => {
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status, stdout, milliseconds: performance.now() - began });
    });
  });
}

const folder = mkdtempSync(path.join(tmpdir(), "interleave-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file into that folder and returns its name. */
export function file(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), content);
  return name;
}

export const inFolder = (name: string): string => path.join(folder, name);
