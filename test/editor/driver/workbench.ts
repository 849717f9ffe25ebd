import type { Locator, Page } from "playwright-core";

/**
 * Opens the quick input with a key, types, and takes the first row that shows `row`. The input closes when the focus moves meanwhile, as it
 * does while the workbench starts, so this tries again.
 */
async function quickPick(page: Page, key: string, text: string, row: string): Promise<void> {
  const input = page.locator('.quick-input-widget:not([inert]) input[type="text"]').first();
  const attempts = 5;
  for (let attempt = 1; ; attempt++) {
    try {
      await page.keyboard.press(key);
      await input.waitFor({ state: "visible", timeout: 3000 });
      await input.fill(text, { timeout: 2000 });
      await page
        .locator(".quick-input-list .monaco-list-row", { hasText: row })
        .first()
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

export async function openFile(page: Page, name: string): Promise<void> {
  await quickPick(page, "Control+P", name, name);
  await page.locator(`.tabs-container .tab[data-resource-name="${name}"]`).waitFor();
}

/** Puts the cursor of the active editor on a line, counted from 1. */
export async function goToLine(page: Page, line: number): Promise<void> {
  const input = page.locator('.quick-input-widget:not([inert]) input[type="text"]').first();
  await page.keyboard.press("Control+G");
  await input.fill(`:${line}`);
  await page.keyboard.press("Enter");
  await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line},` }).waitFor();
}

/** Waits until the status bar shows the language of the active editor. */
export async function waitForLanguage(page: Page, language: string): Promise<void> {
  await page.locator("#status\\.editor\\.mode", { hasText: language }).waitFor();
}

/** The texts of the notifications that are shown. */
export const notifications = (page: Page): Locator =>
  page.locator(".notification-toast .notification-list-item-message");

/** The frame that holds a webview's own document, which VS Code nests inside two others: the one that has `selector`. */
export async function webview(page: Page, selector: string): Promise<Locator> {
  const inner = page
    .frameLocator("iframe.webview.ready")
    .frameLocator("iframe#active-frame")
    .locator(selector);
  await inner.first().waitFor();
  return inner;
}
