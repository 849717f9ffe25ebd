import { writeSync } from "node:fs";

/** Text gathered before it is handed to the system; fewer, larger writes are what makes long runs fast. */
const ROOM = 1 << 16;

let gathered = "";

/** Writes to stdout, sooner or later; `flush` before the process ends. */
export function print(text: string): void {
  gathered += text;
  if (gathered.length >= ROOM) flush();
}

/** Ends the process quietly when the reader is gone, as `interleave … | head` expects. */
export function flush(): void {
  const bytes = Buffer.from(gathered);
  gathered = "";
  writeAll(1, bytes);
}

/** Says something on stderr, a line of its own, behind all that was written to stdout before. */
export function complain(text: string): void {
  flush();
  writeAll(2, Buffer.from(`${text}\n`));
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit(0);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(sleeper, 0, 0, 1); // a slow reader of a non-blocking pipe
    }
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));
