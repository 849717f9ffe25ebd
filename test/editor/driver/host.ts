import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { root } from "../../../scripts/lib.mjs";
import { vsix } from "../../../scripts/package.mjs";
import { installExtension, startServer } from "../../../scripts/vscode-server.mjs";
import { openBrowser, setDevelopmentOptions, type Uri } from "./browser.ts";
import { EXTENSION_PREFIX, serveWithExtension } from "./proxy.ts";

/**
 * Where the extension runs: from its folder in the Node extension host, from its folder in the browser's web worker host, or installed
 * from the package (in the Node host).
 */
export type HostKind = "node" | "web" | "vsix";

export interface HostOptions {
  readonly kind: HostKind;
  /** The folder to open. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A bundle of tests, relative to the extension's folder, which the workbench runs in the extension's host. */
  readonly tests?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The workspace is not trusted, unless the test does so. */
  readonly restricted?: boolean;
  /** Called before the workbench is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface Host {
  readonly page: Page;
  close(): Promise<void>;
}

/** A key for a command that has none: the palette offers it only where there are breakpoints. */
export const REMOVE_BREAKPOINTS = "Control+Shift+F8";

function bindKeys(dataFolder: string): void {
  const userFolder = path.join(dataFolder, "data/User");
  const command = "workbench.debug.viewlet.action.removeAllBreakpoints";
  const key = REMOVE_BREAKPOINTS.replace("Control", "ctrl").toLowerCase();
  mkdirSync(userFolder, { recursive: true });
  writeFileSync(path.join(userFolder, "keybindings.json"), JSON.stringify([{ key, command }]));
}

/** Starts a VS Code server and opens its workbench in a browser. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { kind, workspace, settings = {}, tests, env = {}, restricted = false, prepare } = options;
  const dataFolder = mkdtempSync(path.join(tmpdir(), "interleave-vscode-"));
  const closers: (() => void | Promise<void>)[] = [
    () => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    bindKeys(dataFolder);
    if (kind === "vsix") await installExtension(dataFolder, vsix);
    const server = await startServer({ dataFolder, settings, env, restricted });
    closers.push(server.stop);
    const browser = await openBrowser();
    closers.push(browser.close);
    const { page } = browser;

    let { port } = server;
    if (kind === "web") {
      const proxy = await serveWithExtension(port, root);
      closers.push(proxy.close);
      port = proxy.port;
    }
    // By a name that is not above the folder of VS Code's own extensions: their themes would count as under development, and win.
    const extension = path.join(dataFolder, "extension");
    symlinkSync(root, extension);
    const authority = `127.0.0.1:${port}`;
    const inExtension = (file: string): Uri =>
      kind === "web"
        ? { $mid: 1, scheme: "http", authority, path: `${EXTENSION_PREFIX}/${file}` }
        : { $mid: 1, scheme: "vscode-remote", authority, path: path.join(extension, file) };
    await setDevelopmentOptions(page, {
      ...(kind === "vsix" ? {} : { extensions: [inExtension("")] }),
      ...(tests ? { extensionTestsPath: inExtension(tests) } : {}),
    });
    await prepare?.(page);
    await page.goto(`http://${authority}/?${new URLSearchParams({ tkn: server.token, folder: workspace })}`);
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}
