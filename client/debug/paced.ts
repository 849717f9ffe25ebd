/** A function that is not carried out more often than it may be. */
export interface Paced {
  /** @param distance milliseconds since the last time that must have passed; a call that may come sooner does not wait for one that may not. */
  (distance: number): void;
  dispose(): void;
}

/** Makes a function that does `act` at once, but not again before some time has passed: then once for all calls meanwhile. */
export function paced(act: () => void): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const run = (): void => {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    last = Date.now();
    act();
  };
  const call = (distance: number): void => {
    const now = Date.now();
    const wanted = last + distance;
    if (wanted <= now) run();
    else if (wanted < due) {
      clearTimeout(timer);
      due = wanted;
      timer = setTimeout(run, wanted - now);
    }
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
