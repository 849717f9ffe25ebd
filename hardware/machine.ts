import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Backend } from "./emit.ts";
import { HardwareFailure } from "./failure.ts";

/** What this module wants to know of the machine; the tests have others. */
export interface Machine {
  readonly platform: string;
  readonly architecture: string;
  /** Folders with programs. */
  readonly path: readonly string[];
  readonly kvm: string;
}

export const thisMachine = (): Machine => ({
  platform: process.platform,
  architecture: process.arch,
  path: (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== ""),
  kvm: "/dev/kvm",
});

const COMPILERS: readonly string[] = ["cc", "gcc", "clang"];

/** The C compiler of a machine on which tests can be run with a back end; throws a `HardwareFailure` where something is missing. */
export function requireMachine(backend: Backend, machine: Machine = thisMachine()): string {
  const { platform, architecture } = machine;
  if (platform !== "linux" || architecture !== "x64") {
    throw new HardwareFailure(
      `tests run on the processor under Linux on x86-64 alone; this is ${platform} on ${architecture}`,
    );
  }
  const compiler = machine.path
    .flatMap((folder) => COMPILERS.map((name) => path.join(folder, name)))
    .find((file) => isExecutable(file));
  if (!compiler) {
    throw new HardwareFailure(
      "there is no C compiler (cc, gcc or clang on the PATH); install one, on Debian and Ubuntu with: sudo apt-get install gcc libc6-dev",
    );
  }
  if (backend === "kvm") requireKvm(machine.kvm);
  return compiler;
}

function requireKvm(device: string): void {
  if (!existsSync(device)) {
    throw new HardwareFailure(
      `there is no ${device}: this machine offers no virtualisation, or its kernel module is not loaded (sudo modprobe kvm_intel, or kvm_amd); threads work without it`,
    );
  }
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
  } catch {
    throw new HardwareFailure(
      `no permission to use ${device}; join its group with: sudo usermod -aG kvm "$USER", then log in again; threads work without it`,
    );
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The CPUs that this process may use, by number. */
export function usableCpus(): number[] {
  const status = readFileSync("/proc/self/status", "utf8");
  return parseCpuList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? "") ?? [];
}

/** Reads `0,2-4` as 0 2 3 4; undefined for what is not such a list. */
export function parseCpuList(text: string): number[] | undefined {
  const cpus: number[] = [];
  for (const item of text.split(",")) {
    const match = /^\s*(\d{1,4})(?:-(\d{1,4}))?\s*$/.exec(item);
    if (!match) return undefined;
    for (let cpu = Number(match[1]); cpu <= Number(match[2] ?? match[1]); cpu++) cpus.push(cpu);
  }
  return [...new Set(cpus)];
}
