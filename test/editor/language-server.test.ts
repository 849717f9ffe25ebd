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
});
