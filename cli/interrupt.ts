/** Ctrl+C as a wish to end with what was found so far; the second one ends the process as usual. */
export interface Interrupt {
  readonly wished: boolean;
  /** Lets signals come in; to be awaited between slices of long work. */
  breathe(): Promise<void>;
  dispose(): void;
}

export function watchInterrupt(): Interrupt {
  let wished = false;
  const wish = (): void => {
    wished = true;
  };
  process.once("SIGINT", wish);
  return {
    get wished() {
      return wished;
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    dispose: () => process.removeListener("SIGINT", wish),
  };
}
