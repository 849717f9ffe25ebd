import type { Frame, Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { hindrance } from "../hardware/hindrance.ts";
import { example, openEditor, screenshot } from "./driver/editor.ts";
import { inEveryTheme } from "./driver/themes.ts";
import { chooseInMenu, openFile, runCommand, waitForLanguage, webview } from "./driver/workbench.ts";

const SB = "store-buffering.s";
/** The same with a promise that a processor does not keep. */
const REFUTED = example(SB).replace(/^#@ exists.*$/m, "#@ ~exists (0:ax = 0 /\\ 1:ax = 0)");
const missing = hindrance("threads");
const missingKvm = hindrance("kvm");
const skipped = missing ? `, skipped: ${missing}` : "";

const lens = (page: Page, text: string): Locator =>
  page.locator(".codelens-decoration a", { hasText: text }).first();

async function openProgram(page: Page, name: string): Promise<void> {
  await openFile(page, name);
  await waitForLanguage(page, "Interleave assembly");
}

/** Sees the column fill while the runs can still be stopped, stops them, and looks at what is left. */
async function watchRuns(page: Page, view: Frame): Promise<void> {
  await view.locator("td.seen", { hasText: /[1-9]/ }).first().waitFor({ timeout: 60_000 });
  await screenshot(page, "hardware-running");
  const stop = view.locator("#stop-cpu");
  if (await stop.isVisible()) await stop.click({ timeout: 2000 }).catch(() => undefined);
  await view.locator("#run-cpu", { hasText: "Again" }).waitFor({ timeout: 60_000 });
  expect(await view.locator("td.seen").count()).toBe(4);
  expect(await view.locator(".alarm").count()).toBe(0);
}

describe.skipIf(!findChromium())("Running on this CPU in the editor", () => {
  const files = { [SB]: example(SB), "refuted.s": REFUTED };
  const editor = openEditor({ host: "node", files, restricted: true });

  test("is refused until the workspace is trusted; then it fills a third column of the outcomes", async (context) => {
    const page = editor();
    await openProgram(page, SB);
    // What runs nothing on the processor works all the same.
    await lens(page, "TSO: 4 outcomes").waitFor({ timeout: 60_000 });
    expect(await lens(page, "Run on This CPU").count()).toBe(0);
    await runCommand(page, "Interleave: Run on This CPU");
    const message = page.locator(".notification-toast", { hasText: "this workspace is not trusted" });
    await message.locator(".monaco-button", { hasText: "Manage Workspace Trust" }).click();
    await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
    if (missing) context.skip(missing);

    await page.locator(".monaco-modal-editor-block .codicon-close").click();
    await lens(page, "Run on This CPU").click();
    const view = await webview(page, "tr[data-row]");
    await watchRuns(page, view);
    await inEveryTheme(page, (theme) => screenshot(page, `hardware-${theme}`));
    const kvm = view.locator("#run-kvm");
    expect(await kvm.count()).toBe(missingKvm ? 0 : 1);
    if (missingKvm) return;
    await kvm.click();
    await kvm.waitFor({ state: "detached" });
    await watchRuns(page, view);
    expect(await view.locator(".progress").textContent()).toContain("with KVM");
  });

  test.skipIf(missing)(`judges tests by what it shows${skipped}`, async () => {
    const page = editor();
    await openProgram(page, "refuted.s");
    await runCommand(page, "Testing: Focus on Test Explorer View");
    const row = page.locator(".test-explorer .monaco-list-row", { hasText: "refuted.s" });
    await row.waitFor();
    const profile = page.locator(".quick-input-list .monaco-list-row", { hasText: "Run on This CPU" });
    await row.click({ button: "right" });
    await chooseInMenu(page, "Using Profile");
    await profile.first().click();
    await expect.poll(() => row.getAttribute("aria-label"), { timeout: 45_000 }).toContain("Failed");
    await screenshot(page, "hardware-tests");
  });
});

describe.skipIf(!findChromium())("Running on this CPU in the browser's worker host", () => {
  const editor = openEditor({ host: "web", files: { [SB]: example(SB) } });

  test("is refused with what is missing", async () => {
    const page = editor();
    await openProgram(page, SB);
    await runCommand(page, "Interleave: Run on This CPU");
    const message = page.locator(".notification-toast", { hasText: "cannot start a program" });
    await message.waitFor();
    expect(await message.textContent()).toContain("gcc");
  });
});
