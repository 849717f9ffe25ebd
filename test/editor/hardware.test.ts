import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { hindrance } from "../hardware/hindrance.ts";
import { example, screenshot, withEditor } from "./driver/editor.ts";
import { openFile, runCommand, waitForLanguage, webview } from "./driver/workbench.ts";

const SB = "store-buffering.s";
const files = { [SB]: example(SB) };
const missing = hindrance("threads");

describe.skipIf(!findChromium())("Running on this CPU in the editor", () => {
  test.skipIf(missing).each(["dark", "light"] as const)(
    `fills a third column of the outcomes (%s)${missing ? `, skipped: ${missing}` : ""}`,
    async (theme) => {
      await withEditor({ host: "node", files, theme }, async (page) => {
        await openFile(page, SB);
        await waitForLanguage(page, "Interleave assembly");
        await page.locator(".codelens-decoration a", { hasText: "Run on This CPU" }).first().click();
        const view = await webview(page, "tr[data-row]");
        // Live: the column is there while the runs can still be stopped.
        await view.locator("td.seen").first().waitFor({ timeout: 60_000 });
        await screenshot(page, `hardware-running-${theme}`);
        const stop = view.locator("#stop-cpu");
        if (await stop.isVisible()) await stop.click({ timeout: 2000 }).catch(() => undefined);
        await view.locator("#run-cpu", { hasText: "Again" }).waitFor({ timeout: 60_000 });
        const seen = await view.locator("td.seen").allTextContents();
        expect(seen).toHaveLength(4);
        expect(seen.some((text) => Number(text.replaceAll(",", "")) > 0)).toBe(true);
        expect(await view.locator(".alarm").count()).toBe(0);
        await screenshot(page, `hardware-${theme}`);
      });
    },
  );

  test.skipIf(missing)(`judges tests by what it shows${missing ? `, skipped: ${missing}` : ""}`, async () => {
    const promise = "#@ ~exists (0:ax = 0 /\\ 1:ax = 0)";
    const refuted = example(SB).replace(/^#@ exists.*$/m, promise);
    await withEditor({ host: "node", files: { [SB]: refuted } }, async (page) => {
      await openFile(page, SB);
      await waitForLanguage(page, "Interleave assembly");
      await runCommand(page, "Testing: Focus on Test Explorer View");
      const row = page.locator(".test-explorer .monaco-list-row", { hasText: SB });
      await row.waitFor();
      const profile = page.locator(".quick-input-list .monaco-list-row", { hasText: "Run on This CPU" });
      // A menu that has just opened does not take a click yet, so it is asked again until the profiles are there.
      await expect
        .poll(
          async () => {
            await row.click({ button: "right" });
            await page.waitForTimeout(500);
            await page.locator(".monaco-menu .action-label", { hasText: "Using Profile" }).first().click();
            return profile
              .first()
              .waitFor({ timeout: 3000 })
              .then(
                () => true,
                () => page.keyboard.press("Escape").then(() => false),
              );
          },
          { timeout: 60_000 },
        )
        .toBe(true);
      await profile.first().click();
      await expect.poll(() => row.getAttribute("aria-label"), { timeout: 45_000 }).toContain("Failed");
      await screenshot(page, "hardware-tests");
    });
  });

  test("says in the browser what is missing", async () => {
    await withEditor({ host: "web", files }, async (page) => {
      await openFile(page, SB);
      await waitForLanguage(page, "Interleave assembly");
      await runCommand(page, "Interleave: Run on This CPU");
      const message = page.locator(".notification-toast", { hasText: "cannot start a program" });
      await message.waitFor();
      expect(await message.textContent()).toContain("gcc");
    });
  });
});
