import type { Frame, Locator, Page } from "playwright-core";
import { expect, vi } from "vitest";

const QUICK_INPUT = '.quick-input-widget:not([inert]) input[type="text"]';

/**
 * Opens the quick input with a key, or several after each other, types, and takes what is chosen as soon as that shows `row`: before, the list is still
 * the one from before the typing. The input closes when the focus moves meanwhile, as it does while the workbench starts, so this tries again.
 */
async function quickPick(page: Page, keys: string, text: string, row: string): Promise<void> {
  const input = page.locator(QUICK_INPUT).first();
  const attempts = 5;
  for (let attempt = 1; ; attempt++) {
    try {
      for (const key of keys.split(" ")) await page.keyboard.press(key);
      await input.waitFor({ state: "visible", timeout: 3000 });
      await input.fill(text, { timeout: 2000 });
      await page
        .locator(".quick-input-list .monaco-list-row.focused", { hasText: row })
        .waitFor({ timeout: 4000 });
      await page.keyboard.press("Enter");
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

/** Runs a command by its title in the command palette, such as `Debug: Toggle Breakpoint`. */
export const runCommand = (page: Page, title: string): Promise<void> =>
  quickPick(page, "F1", `>${title}`, title);

/** Gives the active editor a language by its name, as a person does. */
export async function chooseLanguage(page: Page, language: string): Promise<void> {
  await quickPick(page, "Control+K M", language, language);
  await waitForLanguage(page, language);
}

/** Gives the workbench a theme by its name. */
export const chooseTheme = (page: Page, theme: string): Promise<void> =>
  quickPick(page, "Control+K Control+T", theme, theme);

export async function openFile(page: Page, name: string): Promise<void> {
  await quickPick(page, "Control+P", name, name);
  await page.locator(`.tabs-container .tab[data-resource-name="${name}"]`).waitFor();
  await waitForKeyboard(page);
}

/** Saves under the name that the dialog offers, and sees the file in the Explorer, which must be open. */
export async function acceptSave(page: Page, name: string): Promise<void> {
  const input = page.locator(QUICK_INPUT).first();
  await expect.poll(() => input.inputValue(), { timeout: 10_000 }).toContain(name);
  await page.keyboard.press("Enter");
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).waitFor();
}

/** Closes all editors. A text that was changed must have been saved. */
export async function closeEditors(page: Page): Promise<void> {
  const tabs = page.locator(".tabs-container .tab");
  for (let tries = 0; tries < 5 && (await tabs.count()) > 0; tries++) {
    await runCommand(page, "View: Close All Editors");
    await tabs
      .first()
      .waitFor({ state: "detached", timeout: 3000 })
      .catch(() => undefined);
  }
}

/** Puts the cursor of the active editor on a line, counted from 1. */
export async function goToLine(page: Page, line: number): Promise<void> {
  const input = page.locator(QUICK_INPUT).first();
  await page.keyboard.press("Control+G");
  await input.fill(`:${line}`);
  await page.keyboard.press("Enter");
  await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line},` }).waitFor();
  await waitForKeyboard(page);
}

/** Waits until an editor has the keyboard: the quick input gives it back some time after it has closed. */
const waitForKeyboard = (page: Page): Promise<void> =>
  page.locator(".editor-instance .monaco-editor.focused").first().waitFor();

/** Waits until the status bar shows the language of the active editor. */
export async function waitForLanguage(page: Page, language: string): Promise<void> {
  await page.locator("#status\\.editor\\.mode", { hasText: language }).waitFor();
}

/** The document of the webview that contains `selector`, once there is one; VS Code nests it inside two other frames. */
export function webview(page: Page, selector: string): Promise<Frame> {
  return vi.waitFor(
    async () => {
      for (const frame of page.frames()) if ((await frame.locator(selector).count()) > 0) return frame;
      throw new Error(`no webview has ${selector}`);
    },
    { timeout: 15_000, interval: 100 },
  );
}

/** The first wavy line of this severity under the text of an editor. */
export const squiggle = (page: Page, severity: "error" | "warning" | "info"): Locator =>
  page.locator(`.monaco-editor .squiggly-${severity}`).first();

/** Chooses an item of the menu that is open. For the first tenth of a second menus do not heed the release of a button, so it comes later. */
export const chooseInMenu = (page: Page, name: string): Promise<void> =>
  page.locator(".monaco-menu .action-label", { hasText: name }).first().click({ delay: 300 });
