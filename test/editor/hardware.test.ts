import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { hindrance } from "../hardware/hindrance.ts";
import { example, screenshot, withEditor } from "./driver/editor.ts";
import { openFile, runCommand, waitForLanguage, webview } from "./driver/workbench.ts";

const SB = "store-buffering.s";
const files = { [SB]: example(SB) };
const missing = hindrance("threads");
const missingKvm = hindrance("kvm");

describe.skipIf(!findChromium())("Running on this CPU in the editor", () => {
  test("is refused until the workspace is trusted; then it fills a third column of the outcomes", async (context) => {
    await withEditor({ host: "node", files, restricted: true }, async (page) => {
      await openFile(page, SB);
      await waitForLanguage(page, "Interleave assembly");
      const lens = (text: string) => page.locator(".codelens-decoration a", { hasText: text }).first();
      // What runs nothing on the processor works all the same.
      await lens("TSO: 4 outcomes").waitFor({ timeout: 60_000 });
      expect(await lens("Run on This CPU").count()).toBe(0);
      await runCommand(page, "Interleave: Run on This CPU");
      const message = page.locator(".notification-toast", { hasText: "this workspace is not trusted" });
      await message.locator(".monaco-button", { hasText: "Manage Workspace Trust" }).click();
      await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
      if (missing) context.skip(missing);

      await page.locator(".monaco-modal-editor-block .codicon-close").click();
      await lens("Run on This CPU").click();
      const view = await webview(page, "tr[data-row]");
      const watch = async (): Promise<void> => {
        // Live: the column is there while the runs can still be stopped.
        await view.locator("td.seen", { hasText: /[1-9]/ }).first().waitFor({ timeout: 60_000 });
        await screenshot(page, "hardware-running");
        const stop = view.locator("#stop-cpu");
        if (await stop.isVisible()) await stop.click({ timeout: 2000 }).catch(() => undefined);
        await view.locator("#run-cpu", { hasText: "Again" }).waitFor({ timeout: 60_000 });
        expect(await view.locator("td.seen").count()).toBe(4);
        expect(await view.locator(".alarm").count()).toBe(0);
      };
      await watch();
      await screenshot(page, "hardware");
      const kvm = view.locator("#run-kvm");
      expect(await kvm.count()).toBe(missingKvm ? 0 : 1);
      if (missingKvm) return;
      await kvm.click();
      await kvm.waitFor({ state: "detached" });
      await watch();
      expect(await view.locator(".progress").textContent()).toContain("with KVM");
    });
  });

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
