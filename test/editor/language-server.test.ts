import type { Page } from "playwright-core";
import { describe, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { example, screenshot, withEditor } from "./driver/editor.ts";
import type { HostKind } from "./driver/host.ts";
import { goToLine, openFile, waitForLanguage } from "./driver/workbench.ts";

const hosts: readonly (readonly [string, HostKind])[] = [
  ["the Node extension host", "node"],
  ["the web worker host", "web"],
  ["a VS Code in which the package is installed", "vsix"],
];

const squiggle = (page: Page, severity: "error" | "warning" | "info") =>
  page.locator(`.monaco-editor .squiggly-${severity}`).first();

/** The line of the editor with a text. */
const line = (page: Page, text: string) =>
  page.locator(".monaco-editor .view-line", { hasText: text }).first();

const settings = { "interleave.inlayHints.addresses": true, "interleave.inlayHints.variables": true };

describe.skipIf(!findChromium())("The editor knows the dialect", () => {
  test.each(hosts)("in %s", async (_, host) => {
    await withEditor({ host, files: { "flag.s": example("flag-lock.s") }, settings }, async (page) => {
      await openFile(page, "flag.s");
      await waitForLanguage(page, "Interleave assembly");
      await squiggle(page, "warning").waitFor();
      await page.locator(".codelens-decoration", { hasText: "▷ Run" }).first().waitFor();
      await screenshot(page, `server-warnings-${host}`);

      await goToLine(page, 21);
      await page.keyboard.press("Home");
      await page.keyboard.type("mov conut, %ax\n");
      await squiggle(page, "error").waitFor();
      await page.keyboard.press("F8");
      await screenshot(page, `server-error-${host}`);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+z");
    });
  });

  test("a suggestion, a new name and a quick fix are accepted by keyboard", async () => {
    const program =
      ".var count\n.var total\n.top\n  mov count, %ax\n  mov %ax, total\n  ad $1, %bx\n\n  halt\n";
    await withEditor({ host: "node", files: { "edit.s": program } }, async (page) => {
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
});
