import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { example, openEditor, screenshot } from "./driver/editor.ts";
import { inEveryTheme } from "./driver/themes.ts";
import { goToLine, openFile, squiggle, waitForLanguage } from "./driver/workbench.ts";

const PROGRAM = `.var count
.var total
.top
  mov count, %ax
  mov %ax, total
  ad $1, %bx

  halt
`;

/** The line of the editor with a text. */
const line = (page: Page, text: string) =>
  page.locator(".monaco-editor .view-line", { hasText: text }).first();

/** The colour in which the editor shows the first piece of text that is exactly `text`. */
const colourOf = (page: Page, text: string): Promise<string> =>
  page
    .locator(".view-line span > span")
    .filter({ hasText: new RegExp(`^\\s*${text.replace(/[$%#@]/g, "\\$&")}\\s*$`) })
    .first()
    .evaluate((element) => getComputedStyle(element).color);

describe.skipIf(!findChromium())("The editor", () => {
  const editor = openEditor({
    host: "node",
    files: { "store-buffering.s": example("store-buffering.s"), "edit.s": PROGRAM },
  });

  test("colours a program in every theme", async () => {
    const page = editor();
    await openFile(page, "store-buffering.s");
    await waitForLanguage(page, "Interleave assembly");
    await inEveryTheme(page, async (theme) => {
      await expect
        .poll(async () => {
          const colours = await Promise.all(["mov", "halt", "%ax", "#"].map((text) => colourOf(page, text)));
          return new Set(colours).size;
        })
        .toBe(4);
      await screenshot(page, `program-${theme}`);
    });
  });

  test("takes a suggestion, a new name and a quick fix by keyboard", async () => {
    const page = editor();
    await openFile(page, "edit.s");
    await waitForLanguage(page, "Interleave assembly");
    await squiggle(page, "error").waitFor();

    await goToLine(page, 6);
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget", { hasText: "Change to `add`" }).waitFor();
    await page.keyboard.press("Enter");
    await line(page, "add $1, %bx").waitFor();

    await goToLine(page, 7);
    await page.keyboard.type("  mov tot");
    await page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: "total" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type(", %bx");
    await line(page, "mov total, %bx").waitFor();

    await goToLine(page, 2);
    await page.keyboard.press("End");
    await page.keyboard.press("F2");
    const newName = page.locator(".rename-box input");
    await newName.fill("sum");
    await newName.press("Enter");
    for (const renamed of [".var sum", "mov %ax, sum", "mov sum, %bx"]) await line(page, renamed).waitFor();
    await screenshot(page, "server-edited");
  });
});
