import type { Steps } from "../core/text/steps.ts";

/** In milliseconds. */
const USUAL_SLICE = 10;

const GIVEN_UP = { done: true, value: undefined } as const;

/**
 * Does long work in short slices, so that messages are taken in and answered between them.
 * @param isWanted asked before every step; once it is not, the work is given up
 * @param slice how long it goes on before others have their turn, in milliseconds
 * @returns what the work comes to; undefined if it was given up
 */
export function inSlices<T>(
  steps: Steps<T>,
  isWanted: () => boolean,
  slice = USUAL_SLICE,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const work = (): void => {
      try {
        const end = performance.now() + slice;
        do {
          const { done, value } = isWanted() ? steps.next() : GIVEN_UP;
          if (done) {
            resolve(value);
            return;
          }
        } while (performance.now() < end);
        setTimeout(work, 0);
      } catch (error) {
        reject(error);
      }
    };
    setTimeout(work, 0);
  });
}
