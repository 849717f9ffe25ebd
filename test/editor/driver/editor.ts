import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { inRoot } from "../../../scripts/lib.mjs";
import { type HostKind, openHost } from "./host.ts";

/** Identifier of a theme, and the class that the workbench has once it is applied. */
const THEMES = {
  dark: ["Dark 2026", "vs-dark"],
  light: ["Light 2026", "vs"],
  "high contrast": ["Default High Contrast", "hc-black"],
} as const;
export type Theme = keyof typeof THEMES;
export const themes = Object.keys(THEMES) as readonly Theme[];

export interface EditorOptions {
  readonly host: HostKind;
  /** The files of the workspace: name and text. */
  readonly files: Readonly<Record<string, string>>;
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The workspace is not trusted, unless the test does so. */
  readonly restricted?: boolean;
}

const themeSettings = (theme: Theme) => ({
  "workbench.colorTheme": THEMES[theme][0],
  // Else the browser's preference wins.
  "window.autoDetectColorScheme": false,
});

/** Opens a workbench on a folder with the given files, lets `use` work with it, and ends everything. A failure leaves a picture. */
export async function withEditor(options: EditorOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const { host: kind, files, theme = "dark", settings = {}, restricted = false } = options;
  const workspace = makeWorkspace(files);
  const host = await openHost({
    kind,
    workspace,
    settings: { ...themeSettings(theme), ...settings },
    restricted,
  });
  try {
    const themed = `.monaco-workbench.${THEMES[theme][1]}[class*="vscode-theme-"]`;
    await host.page.locator(`${themed} .part.statusbar`).waitFor({ timeout: 60_000 });
    await use(host.page);
  } catch (error) {
    await screenshot(host.page, `failure-${kind}-${Date.now()}`).catch(() => undefined);
    throw error;
  } finally {
    await host.close();
    rmSync(workspace, { recursive: true, force: true });
  }
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
