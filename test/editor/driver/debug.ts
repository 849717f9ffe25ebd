import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** Presses F5 on the active editor and waits for the debug toolbar. */
export async function startDebugging(page: Page): Promise<void> {
  await page.keyboard.press("F5");
  await page.locator(".debug-toolbar").waitFor();
}

/** Ends the debug sessions that there are. */
export async function stopDebugging(page: Page): Promise<void> {
  const toolbar = page.locator(".debug-toolbar");
  for (let tries = 0; tries < 5 && (await toolbar.isVisible()); tries++) {
    await page.keyboard.press("Shift+F5");
    await toolbar.waitFor({ state: "hidden", timeout: 5000 }).catch(() => undefined);
  }
}

/** A button of the debug toolbar by the beginning of its tooltip, such as `Step Back`. */
export const toolbarButton = (page: Page, label: string): Locator =>
  page.locator(`.debug-toolbar .action-label[aria-label^="${label}"]`);

/** A row of the call stack view, thread or frame, that shows the text. */
export const callStackRow = (page: Page, text: string | RegExp): Locator =>
  page.locator(".debug-call-stack .monaco-list-row", { hasText: text });

/** The row of the top frame of a thread that is expanded. */
export const topFrameRow = (page: Page, thread: string): Locator =>
  page.locator(
    `.debug-call-stack .monaco-list-row[aria-label*="${thread} · "] + .monaco-list-row[aria-label^="Stack Frame"]`,
  );

/** A row of the variables view that shows the text: a scope such as `Store buffer`, or a variable such as `ax`. */
export const variablesRow = (page: Page, text: string | RegExp): Locator =>
  page.locator(".debug-variables .monaco-list-row", { hasText: text });

/** The accessible labels of all rows that a debug view shows now: what a screen reader would say. */
export const rowLabels = (page: Page, view: "call-stack" | "variables"): Promise<string[]> =>
  page
    .locator(`.debug-${view} .monaco-list-row`)
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));

/** Opens a row of a tree that is closed. A click on the row itself before may be opening it still, and be undone by this. */
export async function expand(row: Locator): Promise<void> {
  if ((await row.getAttribute("aria-expanded")) !== "true") await row.locator(".monaco-tl-twistie").click();
}

/** Sets or removes the breakpoint on the cursor's line and waits until a glyph is shown. */
export async function toggleBreakpoint(page: Page): Promise<void> {
  await page.keyboard.press("F9");
  await page.locator('[class*="codicon-debug-breakpoint"]').first().waitFor();
}

/**
 * Types a command into the console, which must have the keyboard, and waits until the console repeats it and the program has moved: the call
 * stack tells that the editor has seen to the stop, at which it takes the keyboard for a moment.
 */
export async function typeInConsole(page: Page, command: string): Promise<void> {
  const input = page.locator(".repl-input-wrapper .monaco-editor.focused");
  const stack = async (): Promise<string> => (await rowLabels(page, "call-stack")).join("\n");
  await input.waitFor();
  const before = await stack();
  await page.keyboard.type(command);
  await page.keyboard.press("Enter");
  await page.locator(".repl .monaco-list-row", { hasText: command }).waitFor();
  await expect.poll(stack, { timeout: 10_000 }).not.toBe(before);
}
