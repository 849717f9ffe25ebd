import type { Frame, Locator, Page } from "playwright-core";
import { describe, expect, test, vi } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { callStackRow, startDebugging, toolbarButton, typeInConsole } from "./driver/debug.ts";
import { openEditor, screenshot } from "./driver/editor.ts";
import { inEveryTheme } from "./driver/themes.ts";
import {
  acceptSave,
  chooseInMenu,
  openFile,
  runCommand,
  waitForLanguage,
  webview,
} from "./driver/workbench.ts";

const STORE_BUFFERING = `#@ run --model tso
#@ exists (0:ax = 0 /\\ 1:ax = 0)
.var x
.var y
.var turns 3
.main
mov $1, x
mov $7, y
mov y, %ax
mfence
halt
`;

async function start(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1500, height: 1000 });
  await openFile(page, "sb.s");
  await waitForLanguage(page, "Interleave assembly");
  await startDebugging(page);
  await callStackRow(page, "T0 · .main").waitFor();
}

const HEADER = '.pane-header[aria-label^="Store Buffers"]';
const ROWS = ".tree-explorer-viewlet-tree-view .monaco-list-row";

/** Opens the Store Buffers view, unless it is open. */
async function openStoreBuffers(page: Page): Promise<void> {
  const header = page.locator(HEADER);
  if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
  await storeRow(page, "T1").first().waitFor();
}

/** Steps as soon as the editor can, and waits until the status bar shows the moment that this leads to. */
async function stepOver(page: Page, moment: string): Promise<void> {
  await toolbarButton(page, "Step Over").click();
  await status(page).filter({ hasText: moment }).waitFor();
}

const status = (page: Page): Locator => page.locator("#interleave\\.interleave\\.interleave\\.status");

const storeRow = (page: Page, text: string): Locator => page.locator(ROWS, { hasText: text });

/** What the Store Buffers view says, in its rows or in its header, when the status bar comes to show a moment. */
const textAt = (page: Page, selector: string, moment: string): Promise<string> =>
  page.evaluate(
    ([place, text]) =>
      new Promise<string>((resolve) => {
        const observer = new MutationObserver(() => {
          const item = document.getElementById("interleave.interleave.interleave.status");
          if (!item?.textContent.includes(text)) return;
          observer.disconnect();
          resolve([...document.querySelectorAll(place)].map(({ textContent }) => textContent).join("\n"));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    [selector, moment] as const,
  );

/** Chooses the breakpoint on commits in the menu of a cell of the Machine view. */
async function breakOnCommit(page: Page, panel: Frame, cell: string): Promise<void> {
  await panel.locator("section.memory .cell", { hasText: cell }).first().click({ button: "right" });
  await chooseInMenu(page, "Break When a Store Reaches Memory");
  // One more than the three filters of exceptions; the list may not have room to show it.
  await page.locator('.debug-breakpoints .monaco-list-row[aria-setsize="4"]').first().waitFor();
}

describe.skipIf(!findChromium())("The views of the machine", () => {
  const editor = openEditor({ host: "node", files: { "sb.s": STORE_BUFFERING } });

  test("show time as lanes in which one can travel", async () => {
    const page = editor();
    await start(page);
    await runCommand(page, "Interleave: Open Timeline");
    const panel = await webview(page, 'canvas[role="slider"]');
    const time = panel.locator("canvas[role=slider]");
    await page.keyboard.press("F5");
    await callStackRow(page, /run over/i).waitFor();
    await panel.locator('canvas[aria-valuemax="14"]').waitFor();
    await inEveryTheme(page, (theme) => screenshot(page, `timeline-${theme}`));
    // The editor takes the keyboard at every stop, and the page takes it back: a key may get lost between.
    await vi.waitFor(
      async () => {
        await time.focus();
        await page.keyboard.press("Home");
        await panel.locator('canvas[aria-valuenow="0"]').waitFor({ timeout: 2000 });
        await page.keyboard.press("ArrowRight");
        const after = 'canvas[aria-valuetext="1 of 14, after T0: mov $1, x"]';
        await panel.locator(after).waitFor({ timeout: 2000 });
      },
      { timeout: 20_000, interval: 100 },
    );
    await screenshot(page, "timeline-travelled");
    await runCommand(page, "View: Show Explorer");
    await panel.locator("button", { hasText: "SVG" }).click();
    await acceptSave(page, "timeline.svg");
  });

  test("follow every stop, and show numbers in the base that is chosen", async () => {
    const page = editor();
    await start(page);
    await openStoreBuffers(page);
    await runCommand(page, "Interleave: Open Machine View");
    const panel = await webview(page, "section.thread");
    await stepOver(page, "1 of 1");
    await storeRow(page, "x = 1").waitFor();
    await panel.locator("[role=status]", { hasText: "waits in its store buffer" }).waitFor();
    // Faster than the rows may change: the header tells every state, the rows come to show the last one.
    for (const [moment, waiting] of [
      ["2 of 2", "T0: x = 1, y = 7"],
      ["3 of 3", "T0: x = 1, y = 7"],
      ["6 of 6", "empty"],
    ] as const) {
      const [header] = await Promise.all([
        textAt(page, `${HEADER} .description`, moment),
        stepOver(page, moment),
      ]);
      expect(header).toBe(waiting);
    }
    await storeRow(page, "x = 1").waitFor({ state: "detached" });
    await storeRow(page, "empty · halt").waitFor();
    await toolbarButton(page, "Step Back").click();
    await storeRow(page, "y = 7").waitFor();
    await panel.locator(".store", { hasText: "y= 7" }).waitFor();
    await runCommand(page, "Interleave: Show Numbers As");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "hexadecimal" }).click();
    await storeRow(page, "y = 0x7").waitFor();
    await panel.locator(".store", { hasText: "y= 0x7" }).waitFor();
  });

  test("show a store that waits before anything else of its stop", async () => {
    const page = editor();
    await start(page);
    await openStoreBuffers(page);
    // Once of several times, as the editor may be busy with something else; after a pause, as rows do not change faster.
    await vi.waitFor(
      async () => {
        const [rows] = await Promise.all([textAt(page, ROWS, "1 of 1"), stepOver(page, "1 of 1")]);
        await toolbarButton(page, "Step Back").click();
        await storeRow(page, "x = 1").waitFor({ state: "detached" });
        expect(rows).toContain("x = 1");
      },
      { timeout: 20_000, interval: 300 },
    );
  });

  test("leave the keyboard in the console to who moves threads by its commands", async () => {
    const page = editor();
    await start(page);
    await openStoreBuffers(page);
    await page.locator(".repl-input-wrapper .monaco-editor").click();
    for (const [command, moment] of [
      ["run 0 0", "2 of 2"],
      ["goto 0", "0 of 2"],
      ["run 1", "1 of 1"],
    ] as const) {
      await typeInConsole(page, command);
      await status(page).filter({ hasText: moment }).waitFor();
    }
  });

  test("show threads, buffers and memory, and move them", async () => {
    const page = editor();
    await start(page);
    await runCommand(page, "Interleave: Open Machine View");
    const panel = await webview(page, "section.thread");
    const threads = panel.locator("section.thread");
    expect(await threads.count()).toBe(2);
    const execute = threads.first().locator("button.execute");
    await execute.click();
    await threads.first().locator(".store", { hasText: "x= 1" }).waitFor();
    await execute.click();
    await threads.nth(1).locator("button.execute").click();
    await threads.nth(1).locator(".store").first().waitFor();
    const memory = panel.locator("section.memory");
    expect(await memory.textContent()).toContain("x0");
    await openStoreBuffers(page);
    await storeRow(page, "drains next").first().waitFor();
    await inEveryTheme(page, (theme) => screenshot(page, `machine-${theme}`));
    await page.locator('.glyph-margin-widgets [class*="ced-"]').first().waitFor(); // a thread's badge
    await breakOnCommit(page, panel, "x");
    await threads.first().locator("button.drain").click();
    await callStackRow(page, "drained x").waitFor();
    await memory.locator(".changed", { hasText: "x" }).waitFor();
    await screenshot(page, "machine-drained");
    expect(await status(page).textContent()).toContain("4 of 4");
  });
});
