// Serves the installed VS Code host on 127.0.0.1: for `npm start` and for the editor tests.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { installHost, serverMain } from "./host.mjs";
import { need, Problem, packagedNode, root } from "./lib.mjs";

/** A workbench without welcome pages, prompts and look-ups. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "debug.openDebug": "openOnSessionStart",
  "debug.saveBeforeStart": "none",
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": "off",
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "window.commandCenter": false,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code fills it in
  "window.title": "${activeEditorShort}${separator}${rootName}",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {string} token what a browser has to know to be let in: other programs and pages on this machine do not
 * @property {Promise<void>} ended settles when the process is gone
 * @property {() => Promise<void>} stop ends it and everything that it started
 */

/** @param {string} dataFolder */
const extensionsFolder = (dataFolder) => path.join(dataFolder, "extensions");

function nodeForHost() {
  const node = packagedNode();
  if (node === process.execPath && Number(process.versions.node.split(".")[0]) < 24) {
    throw new Problem(`the served VS Code needs Node 24 or newer, this is ${process.version}`);
  }
  return node;
}

/** @param {number} port 0: any @returns {Promise<number | undefined>} the port, if it is free */
const freePort = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });

/**
 * @param {string} dataFolder
 * @param {string} vsix
 */
export async function installExtension(dataFolder, vsix) {
  await installHost();
  const folders = ["--server-data-dir", dataFolder, "--extensions-dir", extensionsFolder(dataFolder)];
  await need(
    `installing ${vsix}`,
    nodeForHost(),
    [serverMain, "--accept-server-license-terms", ...folders, "--install-extension", vsix, "--force"],
    { quiet: true },
  );
}

/**
 * Starts the server and waits until it listens.
 * @param {object} options
 * @param {string} options.dataFolder settings and installed extensions; made when missing
 * @param {number} [options.preferredPort] another is taken when it is in use
 * @param {Record<string, unknown>} [options.settings] user settings beside the usual ones
 * @param {Record<string, string>} [options.env] for the server and the extension host
 * @param {boolean} [options.restricted] no folder is trusted until a person says so
 * @returns {Promise<Server>}
 */
export async function startServer({
  dataFolder,
  preferredPort = 0,
  settings = {},
  env = {},
  restricted = false,
}) {
  await installHost();
  const userFolder = path.join(dataFolder, "data/User");
  const settingsFile = path.join(userFolder, "settings.json");
  mkdirSync(userFolder, { recursive: true });
  mkdirSync(extensionsFolder(dataFolder), { recursive: true });
  if (!existsSync(settingsFile))
    writeFileSync(settingsFile, JSON.stringify({ ...SETTINGS, ...settings }, null, 2));

  const port = (await freePort(preferredPort)) ?? (await freePort(0));
  if (port === undefined) throw new Problem("no port is free on 127.0.0.1");
  const token = randomBytes(12).toString("hex");
  const child = spawn(
    nodeForHost(),
    [
      ...[serverMain, "--host", "127.0.0.1", "--port", String(port), "--connection-token", token],
      ...["--accept-server-license-terms", "--server-data-dir", dataFolder],
      ...[
        "--extensions-dir",
        extensionsFolder(dataFolder),
        "--disable-telemetry",
        "--telemetry-level",
        "off",
      ],
      ...(restricted ? [] : ["--disable-workspace-trust"]),
      "--disable-getting-started-override",
    ],
    // A process group of its own, so that extension hosts and terminals end with it.
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, NODE_OPTIONS: "", ...env },
    },
  );
  const ended = new Promise((resolve) => child.once("exit", () => resolve(undefined)));
  await listening(child);

  /** @param {NodeJS.Signals} signal */
  const signalGroup = (signal) => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), signal);
    } catch {
      // Gone already.
    }
  };
  const stop = async () => {
    signalGroup("SIGTERM");
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000))]);
    signalGroup("SIGKILL");
  };
  return { port, token, ended, stop };
}

/** @param {import("node:child_process").ChildProcess} child */
const listening = (child) =>
  new Promise((resolve, reject) => {
    let output = "";
    const fail = (/** @type {string} */ why) => reject(new Problem(`the served VS Code ${why}\n${output}`));
    const timer = setTimeout(() => fail("did not start within a minute"), 60_000);
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      if (!output.includes("Extension host agent listening on")) return;
      clearTimeout(timer);
      // The pipes have to be read on, or the server would block on a full one.
      for (const stream of [child.stdout, child.stderr]) stream?.off("data", read).resume();
      resolve(undefined);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (status) => fail(`ended with status ${status}`));
  });
