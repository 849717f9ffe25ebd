/** A function that is not carried out more often than it may be. */
export interface Paced {
  (): void;
  dispose(): void;
}

/** Makes a function that does `act` at once, but not again before so many milliseconds have passed: then once for all calls meanwhile. */
export function paced(act: () => void, distance: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const run = (): void => {
    timer = undefined;
    last = Date.now();
    act();
  };
  const call = (): void => {
    const wait = last + distance - Date.now();
    if (wait <= 0 && timer === undefined) run();
    else timer ??= setTimeout(run, wait);
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
