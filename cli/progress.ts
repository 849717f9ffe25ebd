/** Shows how far long work is, on stderr where that is a terminal. */
export interface Meter {
  show(what: () => string, states: number, bytes: number): void;
  clear(): void;
}

/** Milliseconds: nothing is shown for work that is done sooner, and no oftener than so. */
const PAUSE = 200;

export function createMeter(): Meter {
  const began = performance.now();
  let next = began + PAUSE;
  let shown = false;
  return {
    show(what, states, bytes) {
      const now = performance.now();
      if (!process.stderr.isTTY || now < next) return;
      next = now + PAUSE;
      shown = true;
      const rate = Math.round(states / ((now - began) / 1000)).toLocaleString("en");
      const size = Math.ceil(bytes / 2 ** 20).toLocaleString("en");
      process.stderr.write(
        `\r\x1b[K${what()}, ${states.toLocaleString("en")} states (${rate}/s), ${size} MB; Ctrl+C ends`,
      );
    },
    clear() {
      if (shown) process.stderr.write("\r\x1b[K");
    },
  };
}
