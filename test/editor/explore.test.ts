import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { inRoot } from "../../scripts/lib.mjs";
import { callStackRow, toolbarButton } from "./driver/debug.ts";
import { screenshot, themes, withEditor } from "./driver/editor.ts";
import { goToLine, openFile, runCommand, waitForLanguage, webview } from "./driver/workbench.ts";

const example = (name: string): string => readFileSync(inRoot("examples", name), "utf8");

const SB = "store-buffering.s";
const PETERSON = "peterson.s";

/** A test whose condition says what SC promises and TSO does not keep. */
const LITMUS = `X86 SB
{ x=0; y=0; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
~exists (0:EAX=0 /\\ 1:EAX=0)
`;

const lens = (page: Page, text: string) => page.locator(".codelens-decoration a", { hasText: text }).first();

async function open(page: Page, name: string, language = "Interleave assembly"): Promise<void> {
  await openFile(page, name);
  await waitForLanguage(page, language);
}

describe.skipIf(!findChromium())("Exploration in the editor", () => {
  test.each(themes)("shows outcomes and graphs that are a pleasure to look at (%s)", async (theme) => {
    await withEditor({ host: "node", files: { [PETERSON]: example(PETERSON) }, theme }, async (page) => {
      await open(page, PETERSON);
      await lens(page, "TSO: 4 outcomes (SC: 2), 2 new · 2 checks fail").click();
      const rows = (await webview(page, "tr[data-row]")).locator("tr[data-row]");
      expect(await rows.count()).toBeGreaterThan(1);
      await screenshot(page, `outcomes-${theme}`);
      await rows.first().press("g");
      const picture = (await webview(page, "#picture svg")).locator("#picture svg");
      expect(await picture.getAttribute("aria-label")).toContain(PETERSON);
      await screenshot(page, `graph-${theme}`);
    });
  });

  test.each(["web", "vsix"] as const)("draws graphs and saves them (%s)", async (host) => {
    await withEditor({ host, files: { [SB]: example(SB) } }, async (page) => {
      await open(page, SB);
      await lens(page, "TSO: 4 outcomes").click();
      const rows = (await webview(page, "tr[data-row]")).locator("tr[data-row]");
      await rows.first().press("g");
      const graph = await webview(page, "#picture svg");
      await graph.locator("button", { hasText: "Save as SVG" }).click();
      const name = page.locator('.quick-input-widget:not([inert]) input[type="text"]').first();
      await expect.poll(() => name.inputValue(), { timeout: 10_000 }).toContain("store-buffering.svg");
      await page.keyboard.press("Enter");
      await openFile(page, "store-buffering.svg");
      await screenshot(page, `saved-${host}`);
    });
  });

  test.each(["node", "web"] as const)("follows every keystroke in a worker (%s host)", async (host) => {
    await withEditor({ host, files: { [SB]: example(SB) } }, async (page) => {
      await open(page, SB);
      await lens(page, "TSO: 4 outcomes (SC: 3), 1 new").waitFor();
      await lens(page, "holds under TSO, fails under SC").waitFor();
      await goToLine(page, 18);
      await page.keyboard.press("End");
      await page.keyboard.type("\nmfence");
      await lens(page, "TSO: 4 outcomes (SC: 3), 1 new").waitFor();
      await goToLine(page, 24);
      await page.keyboard.press("End");
      await page.keyboard.type("\nmfence");
      await page.keyboard.press("Escape");
      await lens(page, "fails under SC and TSO").waitFor();
      await page.locator(".squiggly-error").first().waitFor();
      await page.keyboard.press("Control+Home");
      await lens(page, "TSO: 3 outcomes (SC: 3)").waitFor();
      await screenshot(page, `while-typing-${host}`);
    });
  });

  test("debugs a witness from its end, back and forth", async () => {
    await withEditor({ host: "node", files: { [SB]: example(SB) } }, async (page) => {
      await open(page, SB);
      await lens(page, "TSO: 4 outcomes").click();
      const rows = (await webview(page, "tr[data-row]")).locator("tr[data-row]");
      await rows.first().press("Enter");
      await page.locator(".debug-toolbar").waitFor();
      await callStackRow(page, /T0.*halted/)
        .first()
        .waitFor();
      await screenshot(page, "witness");
      await toolbarButton(page, "Step Back").click();
      await screenshot(page, "witness-back");
    });
  });

  test("explores from the state of a stopped debug session", async () => {
    await withEditor({ host: "node", files: { [SB]: example(SB) } }, async (page) => {
      await open(page, SB);
      await page.keyboard.press("F5");
      await page.locator(".debug-toolbar").waitFor();
      await callStackRow(page, /T0 · .main · test/)
        .first()
        .waitFor();
      await toolbarButton(page, "Step Over").click();
      await callStackRow(page, /T0 · .main\+1 · je/)
        .first()
        .waitFor();
      await runCommand(page, "Interleave: Explore From Here");
      const view = await webview(page, "tr[data-row]");
      expect(await view.locator("tr[data-row]").count()).toBe(4);
      expect(await view.locator("h1 + p").textContent()).toBe("From the state after 0");
      await screenshot(page, "explore-from-here");
    });
  });

  test("makes tests of litmus files and of programs with checks", async () => {
    const files = { [PETERSON]: example(PETERSON), "sb.litmus": LITMUS, "plain.s": ".main\nhalt\n" };
    await withEditor({ host: "node", files }, async (page) => {
      await open(page, "sb.litmus", "Litmus test");
      await runCommand(page, "Testing: Focus on Test Explorer View");
      await page.locator(".test-explorer .monaco-list-row", { hasText: "sb.litmus" }).waitFor();
      await runCommand(page, "Test: Run All Tests");
      const row = page.locator(".test-explorer .monaco-list-row", { hasText: PETERSON });
      await expect.poll(() => row.getAttribute("aria-label")).toContain("Failed");
      await screenshot(page, "tests");
      await runCommand(page, "Test: Debug All Tests");
      await callStackRow(page, /T0/).first().waitFor();
      await screenshot(page, "tests-debug");
    });
  });

  test("runs a folder of 500 tests in seconds", async () => {
    const passing = LITMUS.replace("~exists", "exists");
    const files = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`tests/SB${i}.litmus`, passing.replace("X86 SB", `X86 SB${i}`)]),
    );
    await withEditor({ host: "node", files }, async (page) => {
      await page.locator("#status\\.notifications").waitFor();
      await runCommand(page, "Testing: Focus on Test Explorer View");
      await page.locator(".test-explorer .monaco-list-row", { hasText: "SB0.litmus" }).waitFor();
      await runCommand(page, "Test: Run All Tests");
      const began = Date.now();
      // Each file and its condition.
      await page.locator(".result-summary", { hasText: "1000/1000" }).waitFor({ timeout: 60_000 });
      const seconds = (Date.now() - began) / 1000;
      console.log(`500 tests: ${seconds.toFixed(1)} s`);
      await screenshot(page, "tests-500");
      expect(seconds).toBeLessThan(60);
    });
  });
});
