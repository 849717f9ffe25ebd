import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { HardwareFailure } from "./failure.ts";

/** A child process that leads a group of its own, so that all it starts can be ended with it. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** Text on stderr so far, its beginning where it is long. */
  complaints(): string;
  /** Sends a signal to the whole group, if it is still there. */
  signal(name: NodeJS.Signals): void;
  /** When it has ended and its output is read: how. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

const MOST_COMPLAINTS = 10_000;

/** Starts a program. The promise `ended` is rejected if it cannot be started. */
export function startGroup(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly onOutput?: (text: string) => void },
): ProcessGroup {
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.env ? { env: options.env } : {}),
  });
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => options.onOutput?.(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(0, MOST_COMPLAINTS);
  });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  const killAtExit = (): void => signal("SIGKILL");
  process.once("exit", killAtExit);
  const ended = once(child, "close")
    .then(([code, name]) => ({ code, signal: name }))
    .finally(() => process.removeListener("exit", killAtExit));
  return { child, complaints: () => complaints, signal, ended };
}

/** Milliseconds that a process which has been told to end gets for its last words. */
export const GRACE_MS = 5_000;

/**
 * Waits until a process group has ended. It is killed after so many milliseconds; when `signal` is aborted, it gets `politely` and a little
 * time, and then it is killed.
 */
export async function bounded(
  group: ProcessGroup,
  milliseconds: number,
  signal: AbortSignal | undefined,
  politely: NodeJS.Signals,
): ReturnType<() => ProcessGroup["ended"]> {
  let timer = setTimeout(() => group.signal("SIGKILL"), milliseconds);
  const abort = (): void => {
    group.signal(politely);
    clearTimeout(timer);
    timer = setTimeout(() => group.signal("SIGKILL"), GRACE_MS);
  };
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await group.ended;
  } catch (error) {
    throw new HardwareFailure(`the program could not be started: ${(error as Error).message}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
