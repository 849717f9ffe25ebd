import type { Page } from "playwright-core";
import { chooseTheme } from "./workbench.ts";

/** The name by which a person picks a theme, and the class that the workbench has once it is applied. */
const THEMES = {
  dark: ["Dark 2026", "vs-dark"],
  light: ["Light 2026", "vs"],
  "high-contrast": ["Dark High Contrast", "hc-black"],
} as const;

export type Theme = keyof typeof THEMES;

/** Begins with the dark theme, whatever the browser prefers. */
export const themeSettings = {
  "workbench.colorTheme": THEMES.dark[0],
  "window.autoDetectColorScheme": false,
};

/** Waits until the workbench is there, in this theme. */
export async function waitForTheme(page: Page, theme: Theme): Promise<void> {
  const workbench = page.locator(`.monaco-workbench.${THEMES[theme][1]}[class*="vscode-theme-"]`);
  await workbench.locator(".part.statusbar").waitFor({ timeout: 60_000 });
}

/** Looks at what is shown in a dark, a light and a high contrast theme, and ends with the dark one. */
export async function inEveryTheme(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
  await look("dark");
  for (const theme of ["light", "high-contrast"] as const) {
    await changeTheme(page, theme);
    await look(theme);
  }
  await changeTheme(page, "dark");
}

async function changeTheme(page: Page, theme: Theme): Promise<void> {
  await chooseTheme(page, THEMES[theme][0]);
  await waitForTheme(page, theme);
}
