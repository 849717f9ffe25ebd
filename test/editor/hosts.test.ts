import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import {
  callStackRow,
  expand,
  rowLabels,
  startDebugging,
  stopDebugging,
  toggleBreakpoint,
  toolbarButton,
  topFrameRow,
  typeInConsole,
  variablesRow,
} from "./driver/debug.ts";
import { example, hosts, openEditor, screenshot } from "./driver/editor.ts";
import {
  chooseLanguage,
  closeEditors,
  goToLine,
  openFile,
  runCommand,
  squiggle,
  waitForLanguage,
} from "./driver/workbench.ts";

const STORE_BUFFERING = `#@ run --model tso
#@ exists (0:ax = 0 /\\ 1:ax = 0)
.var x
.var y
.main
mov $1, x
mov y, %ax
halt
`;

const GNU = `  .text
  .globl main
main:
  movl $0, %eax
  ret
`;

const LITMUS = `X86 SB
{ x=0; y=0; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;

/** Waits until the variables view shows a variable with this value. */
async function expectVariable(page: Page, name: string, value: string): Promise<void> {
  const label = `${name}, value ${value}`;
  await page.locator(`.debug-variables .monaco-list-row[aria-label^="${label}"]`).waitFor();
}

describe.skipIf(!findChromium()).each(hosts)("In %s, a person", (_, host) => {
  const editor = openEditor({
    host,
    files: {
      "race.s": example("racing-counter.s"),
      "flag.s": example("flag-lock.s"),
      "gnu.s": GNU,
      "sb.s": STORE_BUFFERING,
      "sb.litmus": LITMUS,
    },
    settings: {
      "interleave.inlayHints.addresses": true,
      "interleave.inlayHints.variables": true,
      // Writes into the page what it shows, instead of drawing it.
      "terminal.integrated.gpuAcceleration": "off",
    },
  });

  test("has the language of a file told from its text, whenever it is opened, or chooses it", async () => {
    const page = editor();
    await openFile(page, "race.s");
    await waitForLanguage(page, "Interleave assembly");
    await closeEditors(page);
    await openFile(page, "race.s");
    await waitForLanguage(page, "Interleave assembly");
    await openFile(page, "gnu.s");
    await waitForLanguage(page, "Plain Text");
    await chooseLanguage(page, "Interleave assembly");
    await openFile(page, "sb.litmus");
    await waitForLanguage(page, "Litmus test");
    await screenshot(page, `litmus-${host}`);
  });

  test("is told what is wrong while typing", async () => {
    const page = editor();
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
  });

  test("runs a program, and can read what it did", async () => {
    const page = editor();
    await openFile(page, "sb.s");
    await waitForLanguage(page, "Interleave assembly");
    await runCommand(page, "Interleave: Run Program");
    const told =
      host === "web"
        ? page.locator(".repl .monaco-list-row", { hasText: "all threads have halted" })
        : page.locator(".xterm-rows", { hasText: "finished after 6 instructions" });
    await told.waitFor();
  });

  test("sees a store wait in its buffer, drains it and goes back", async () => {
    const page = editor();
    // Room for all scopes at once.
    await page.setViewportSize({ width: 1280, height: 1300 });
    await openFile(page, "sb.s");
    await waitForLanguage(page, "Interleave assembly");
    await goToLine(page, 7);
    await toggleBreakpoint(page);
    await startDebugging(page);
    await expand(callStackRow(page, "T1 · .main"));
    await topFrameRow(page, "T1").click();
    await expectVariable(page, "sp", "127000");
    await expand(variablesRow(page, "Store buffer"));
    await expand(variablesRow(page, "Shared memory"));
    await expectVariable(page, "x", "0");
    await page.keyboard.press("F10");
    await variablesRow(page, "0: x [100]").waitFor();
    await expectVariable(page, "x", "0");
    await screenshot(page, `debug-buffered-${host}`);
    await callStackRow(page, "SB 1").hover();
    await callStackRow(page, "SB 1").locator('[aria-label^="Drain Oldest Store"]').click();
    await expectVariable(page, "x", "1");
    await variablesRow(page, "0: x [100]").waitFor({ state: "hidden" });
    await screenshot(page, `debug-drained-${host}`);
    await toolbarButton(page, "Step Back").click();
    await variablesRow(page, "0: x [100]").waitFor();
    await expectVariable(page, "x", "0");
    await page.keyboard.press("F5");
    await callStackRow(page, "at a breakpoint").waitFor();
    expect((await rowLabels(page, "call-stack")).join("\n")).toContain("line 7");
    await screenshot(page, `debug-breakpoint-${host}`);
    await page.locator(".view-line", { hasText: "mov y, %ax" }).getByText("%ax", { exact: true }).hover();
    await page.locator(".debug-hover-widget .value", { hasText: "0" }).waitFor();
    // The console keeps the keyboard, though the editor takes it at every stop.
    await page.locator(".repl-input-wrapper .monaco-editor").click();
    await typeInConsole(page, "step 0");
    await typeInConsole(page, "goto 1");
    await stopDebugging(page);
  });

  test("begins with an example, and debugs it before it is saved", async () => {
    const page = editor();
    await runCommand(page, "Interleave: New Program from an Example");
    const list = page.locator(".quick-input-list .monaco-list-row");
    await list.filter({ hasText: "Ticket lock: first come, first served" }).first().waitFor();
    await screenshot(page, `examples-${host}`);
    await page.keyboard.type("ticket");
    await list.filter({ hasText: "flag-lock" }).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await waitForLanguage(page, "Interleave assembly");
    await startDebugging(page);
    await callStackRow(page, "T2 · ").waitFor();
    await stopDebugging(page);
    await runCommand(page, "View: Revert and Close Editor");
  });
});
