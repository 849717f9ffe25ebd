import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Machine, parseCpuList, requireMachine } from "../../hardware/machine.ts";

const folder = mkdtempSync(path.join(tmpdir(), "interleave-machine-"));
afterAll(() => rmSync(folder, { recursive: true }));
const compiler = path.join(folder, "clang");
writeFileSync(compiler, "#!/bin/sh\n");
chmodSync(compiler, 0o755);

const linux: Machine = { platform: "linux", architecture: "x64", path: [folder], kvm: compiler };

describe("What a machine must have", () => {
  test("a compiler, any of the usual ones", () => expect(requireMachine("threads", linux)).toBe(compiler));

  test.each([
    [{ ...linux, platform: "darwin", architecture: "arm64" }, "this is darwin on arm64"],
    [{ ...linux, platform: "win32" }, "under Linux on x86-64 alone"],
    [{ ...linux, path: ["/nowhere"] }, "sudo apt-get install gcc"],
    [{ ...linux, kvm: "/dev/no-kvm" }, "there is no /dev/no-kvm"],
  ])("else a message tells what is missing and what to do (%#)", (machine, message) => {
    expect(() => requireMachine("kvm", machine)).toThrow(message);
  });

  test("/dev/kvm for the back end kvm alone", () => {
    expect(requireMachine("threads", { ...linux, kvm: "/dev/no-kvm" })).toBe(compiler);
  });
});

describe("A list of CPUs", () => {
  test.each([
    ["0", [0]],
    ["0,2", [0, 2]],
    ["1-3,2,7", [1, 2, 3, 7]],
    ["", undefined],
    ["a", undefined],
    ["1-", undefined],
    ["-1", undefined],
  ])("%j means %j", (text, cpus) => expect(parseCpuList(text)).toEqual(cpus));
});
