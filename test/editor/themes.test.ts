import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { example, screenshot, themes, withEditor } from "./driver/editor.ts";
import { openFile, waitForLanguage } from "./driver/workbench.ts";

/** The colour in which the editor shows the first piece of text that is exactly `text`. */
const colourOf = (page: Page, text: string): Promise<string> =>
  page
    .locator(".view-line span > span")
    .filter({ hasText: new RegExp(`^\\s*${text.replace(/[$%#@]/g, "\\$&")}\\s*$`) })
    .first()
    .evaluate((element) => getComputedStyle(element).color);

describe.skipIf(!findChromium())("A program is coloured", () => {
  test.each(themes)("in the %s theme", async (theme) => {
    const files = { "store-buffering.s": example("store-buffering.s") };
    await withEditor({ host: "node", files, theme }, async (page) => {
      await openFile(page, "store-buffering.s");
      await waitForLanguage(page, "Interleave assembly");
      await expect.poll(() => colourOf(page, "halt")).not.toBe(await colourOf(page, "x"));
      const colours = await Promise.all(["mov", "halt", "%ax", "#"].map((text) => colourOf(page, text)));
      expect(new Set(colours).size).toBe(colours.length);
      await screenshot(page, `program-${theme.replace(" ", "-")}`);
    });
  });
});
