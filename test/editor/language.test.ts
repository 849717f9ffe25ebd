import { describe, test } from "vitest";
import { findChromium } from "../../scripts/chromium.mjs";
import { screenshot, withEditor } from "./driver/editor.ts";
import type { HostKind } from "./driver/host.ts";
import { chooseLanguage, openFile, waitForLanguage } from "./driver/workbench.ts";

const RACE = `#@ run -t 2
#@ forall (count = 2)
.var count
.main
mov count, %ax
add $1, %ax
mov %ax, count
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

const hosts: readonly (readonly [string, HostKind])[] = [
  ["the Node extension host", "node"],
  ["the web worker host", "web"],
  ["a VS Code in which the package is installed", "vsix"],
];

describe.skipIf(!findChromium())("The language of a file", () => {
  test.each(hosts)("is told from its text, or chosen, in %s", async (_, host) => {
    await withEditor({ host, files: { "race.s": RACE, "gnu.s": GNU, "sb.litmus": LITMUS } }, async (page) => {
      await openFile(page, "race.s");
      await waitForLanguage(page, "Interleave assembly");
      await screenshot(page, `language-${host}`);
      await openFile(page, "gnu.s");
      await waitForLanguage(page, "Plain Text");
      await chooseLanguage(page, "Interleave assembly");
      await openFile(page, "sb.litmus");
      await waitForLanguage(page, "Litmus test");
      await screenshot(page, `litmus-${host}`);
    });
  });
});
