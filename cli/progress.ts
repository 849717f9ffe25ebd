import { grouped } from "../core/text/count.ts";

/** Shows how far long work is, on stderr where that is a terminal. */
export interface Meter {
  /** @param count how much is done, in `unit`s */
  show(what: () => string, count: number, bytes: number, unit?: string): void;
  clear(): void;
}

/** Milliseconds: nothing is shown for work that is done sooner, and no oftener than so. */
const PAUSE = 200;

export function createMeter(): Meter {
  const began = performance.now();
  let next = began + PAUSE;
  let shown = false;
  return {
    show(what, count, bytes, unit = "states") {
      const now = performance.now();
      if (!process.stderr.isTTY || now < next) return;
      next = now + PAUSE;
      shown = true;
      const rate = grouped(Math.round(count / ((now - began) / 1000)));
      const size = grouped(Math.ceil(bytes / 2 ** 20));
      process.stderr.write(
        `\r\x1b[K${what()}, ${grouped(count)} ${unit} (${rate}/s), ${size} MB; Ctrl+C ends`,
      );
    },
    clear() {
      if (shown) process.stderr.write("\r\x1b[K");
    },
  };
}
