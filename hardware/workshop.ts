import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A temporary folder in which a test is compiled. */
export interface Workshop {
  readonly folder: string;
  /** Names the process group that works in the folder, so that it does not outlive this process. */
  employ(group: number): void;
  /** Removes the folder. */
  remove(): void;
}

/**
 * Waits until its input ends, as it does when this process is gone, however it went: killed, too. If the folder is still there then, nobody
 * has tidied up.
 */
const JANITOR = `
while read -r group; do worker=$group; done
[ -d "$1" ] || exit 0
[ -z "$worker" ] || kill -KILL "-$worker"
rm -rf -- "$1"`;

/** Makes a temporary folder. It is removed at the latest when this process ends, be it because it is killed. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(path.join(tmpdir(), "interleave-hardware-"));
  const janitor = spawn("/bin/sh", ["-c", JANITOR, "janitor", folder], {
    detached: true, // Ctrl+C in a terminal is not for it
    stdio: ["pipe", "ignore", "ignore"],
  });
  janitor.unref();
  janitor.on("error", () => {}); // without a shell there is none, and the folder is removed below all the same
  janitor.stdin.on("error", () => {});
  const remove = (): void => {
    process.removeListener("exit", remove);
    rmSync(folder, { recursive: true, force: true });
    janitor.stdin.end();
  };
  process.once("exit", remove);
  return { folder, employ: (group) => janitor.stdin.write(`${group}\n`), remove };
}
