import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { inRoot } from "../../../scripts/lib.mjs";
import { stopDebugging } from "./debug.ts";
import { type Host, type HostKind, openHost, REMOVE_BREAKPOINTS } from "./host.ts";
import { themeSettings, waitForTheme } from "./themes.ts";
import { closeEditors } from "./workbench.ts";

export interface EditorOptions {
  readonly host: HostKind;
  /** The files of the workspace: name and text. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The workspace is not trusted, unless the test does so. */
  readonly restricted?: boolean;
}

/** The hosts in which the extension runs, with the words for a test's name. */
export const hosts: readonly (readonly [name: string, host: HostKind])[] = [
  ["the Node extension host", "node"],
  ["the web worker host", "web"],
  ["a VS Code in which the package is installed", "vsix"],
];

/**
 * A workbench on a folder with the given files for the tests of a `describe` block: opened before the first, closed after the last, since
 * opening takes longer than most tests. A test that fails leaves a picture. After each, sessions and editors are closed and breakpoints removed; what it wrote into files stays.
 * @returns gives the workbench's page, inside a test
 */
export function openEditor(options: EditorOptions): () => Page {
  const { host: kind, files, settings = {}, restricted = false } = options;
  let host: Host | undefined;
  let workspace = "";
  const page = (): Page => {
    if (!host) throw new Error("the workbench is not open");
    return host.page;
  };
  beforeAll(async () => {
    workspace = makeWorkspace(files);
    host = await openHost({
      kind,
      workspace,
      settings: { ...themeSettings, "files.autoSave": "onFocusChange", ...settings },
      restricted,
    });
    page().setDefaultTimeout(20_000);
    await waitForTheme(page(), "dark");
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await screenshot(page(), `failure-${kind}-${Date.now()}`);
    await page().keyboard.press("Escape");
    await stopDebugging(page());
    await closeEditors(page());
    await page().keyboard.press(REMOVE_BREAKPOINTS);
  });
  afterAll(async () => {
    await host?.close();
    rmSync(workspace, { recursive: true, force: true });
  });
  return page;
}

/** The text of a program of `examples/`. */
export const example = (name: string): string => readFileSync(inRoot("examples", name), "utf8");

export function makeWorkspace(files: Readonly<Record<string, string>>): string {
  const workspace = mkdtempSync(path.join(tmpdir(), "interleave-workspace-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    writeFileSync(path.join(workspace, name), text);
  }
  return workspace;
}

/** Saves a picture of the window as `.screenshots/<name>.png`, for a person to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: inRoot(".screenshots", `${name}.png`) });
}
