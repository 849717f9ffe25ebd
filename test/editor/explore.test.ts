import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { callStackRow, toolbarButton } from "./driver/debug.ts";
import { example, openEditor, screenshot } from "./driver/editor.ts";
import { inEveryTheme } from "./driver/themes.ts";
import {
  acceptSave,
  goToLine,
  openFile,
  runCommand,
  squiggle,
  waitForLanguage,
  webview,
} from "./driver/workbench.ts";

const SB = "store-buffering.s";
const PETERSON = "peterson.s";
const COUNTER = "racing-counter.s";

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

/** Types fences into the store-buffering program until its check fails. */
async function fenceBothThreads(page: Page): Promise<void> {
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
  await squiggle(page, "error").waitFor();
  await page.keyboard.press("Control+Home");
  await lens(page, "TSO: 3 outcomes (SC: 3)").waitFor();
}

/** Draws the execution graph of the first outcome and saves it beside the program. */
async function saveGraph(page: Page): Promise<void> {
  await lens(page, "TSO: 4 outcomes").click();
  const rows = (await webview(page, "tr[data-row]")).locator("tr[data-row]");
  await rows.first().press("g");
  const graph = await webview(page, "#picture svg");
  await graph.locator("button", { hasText: "Save as SVG" }).click();
  await acceptSave(page, "store-buffering.svg");
}

describe.skipIf(!findChromium())("Exploration in the editor", () => {
  const editor = openEditor({
    host: "node",
    files: {
      [COUNTER]: example(COUNTER),
      [PETERSON]: example(PETERSON),
      [SB]: example(SB),
      "typed.s": example(SB),
    },
  });

  test("shows outcomes and graphs that are a pleasure to look at", async () => {
    const page = editor();
    await open(page, PETERSON);
    await lens(page, "TSO: 4 outcomes (SC: 2), 2 new · 2 checks fail").click();
    const rows = (await webview(page, "tr[data-row]")).locator("tr[data-row]");
    expect(await rows.count()).toBeGreaterThan(1);
    await inEveryTheme(page, (theme) => screenshot(page, `outcomes-${theme}`));
    await rows.first().press("g");
    const picture = (await webview(page, "#picture svg")).locator("#picture svg");
    expect(await picture.getAttribute("aria-label")).toContain(PETERSON);
    await inEveryTheme(page, (theme) => screenshot(page, `graph-${theme}`));
  });

  test("follows every keystroke in a worker", async () => {
    const page = editor();
    await open(page, "typed.s");
    await fenceBothThreads(page);
    await screenshot(page, "while-typing");
  });

  test("debugs a witness from its end, back and forth", async () => {
    const page = editor();
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

  test("sweeps over interrupt intervals, and debugs the run that loses an addition", async () => {
    const page = editor();
    await open(page, COUNTER);
    await runCommand(page, "Interleave: Sweep Over Interrupt Intervals");
    await page.locator(".quick-input-titlebar", { hasText: "Sweep Over Interrupt Intervals" }).waitFor();
    await page.keyboard.press("Enter");
    const view = await webview(page, "tr[data-row]");
    expect(await view.locator("tr[data-row]").count()).toBe(2);
    await inEveryTheme(page, (theme) => screenshot(page, `sweep-${theme}`));
    await view.locator("tr[data-row]").first().press("Enter");
    await callStackRow(page, "T0 · .main").waitFor();
    await toolbarButton(page, "Step Over").click();
    await toolbarButton(page, "Step Over").click();
    await callStackRow(page, "T1 · .main+1").waitFor();
  });

  test("explores from the state of a stopped debug session", async () => {
    const page = editor();
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

describe.skipIf(!findChromium())("Exploration in the browser's worker host", () => {
  const editor = openEditor({ host: "web", files: { [SB]: example(SB), "typed.s": example(SB) } });

  test("draws graphs and saves them", async () => {
    const page = editor();
    await open(page, SB);
    await saveGraph(page);
    await screenshot(page, "saved-web");
  });

  test("follows every keystroke in a worker", async () => {
    const page = editor();
    await open(page, "typed.s");
    await fenceBothThreads(page);
  });
});

describe.skipIf(!findChromium())("Exploration in a VS Code in which the package is installed", () => {
  const editor = openEditor({ host: "vsix", files: { [SB]: example(SB) } });

  test("draws graphs and saves them", async () => {
    const page = editor();
    await open(page, SB);
    await saveGraph(page);
  });
});

describe.skipIf(!findChromium())("The Test Explorer", () => {
  const passing = LITMUS.replace("~exists", "exists");
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, i) => [`tests/SB${i}.litmus`, passing.replace("X86 SB", `X86 SB${i}`)]),
  );
  const editor = openEditor({
    host: "node",
    files: { ...many, [PETERSON]: example(PETERSON), "sb.litmus": LITMUS, "plain.s": ".main\nhalt\n" },
  });

  test("runs litmus files and programs with checks, a folder of 500 in seconds, and debugs what fails", async () => {
    const page = editor();
    await open(page, "sb.litmus", "Litmus test");
    await runCommand(page, "Testing: Focus on Test Explorer View");
    await page.locator(".test-explorer .monaco-list-row", { hasText: "sb.litmus" }).waitFor();
    await runCommand(page, "Test: Run All Tests");
    // Each file and its conditions; Peterson with its two, and sb.litmus with its one, fail.
    await page.locator(".result-summary", { hasText: "1000/1005" }).waitFor({ timeout: 60_000 });
    const row = page.locator(".test-explorer .monaco-list-row", { hasText: PETERSON });
    await expect.poll(() => row.getAttribute("aria-label")).toContain("Failed");
    await screenshot(page, "tests");
    await runCommand(page, "Test: Debug All Tests");
    await callStackRow(page, /T0/).first().waitFor();
    await screenshot(page, "tests-debug");
  });
});
