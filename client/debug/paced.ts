/** A function that is not called more often than it may be. */
export interface Paced {
  (): void;
  dispose(): void;
}

/**
 * Makes a function that has `act` done: soon, but not again before so many milliseconds have passed, then once for all calls meanwhile. It never acts
 * within the call, so that what the caller does next comes first.
 */
export function paced(act: () => void, distance: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const call = (): void => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        last = Date.now();
        act();
      },
      Math.max(0, last + distance - Date.now()),
    );
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
