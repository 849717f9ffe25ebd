import type { Steps } from "../core/text/steps.ts";

/** Works so long, in milliseconds, before others have their turn. */
const SLICE = 10;

/**
 * Does long work in short slices, so that messages are taken in and answered between them.
 * @param isWanted asked before every step; once it is not, the work is given up
 * @returns what the work comes to; undefined if it was given up
 */
export function inSlices<T>(steps: Steps<T>, isWanted: () => boolean): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const slice = (): void => {
      try {
        const end = performance.now() + SLICE;
        do {
          if (!isWanted()) return resolve(undefined);
          const { done, value } = steps.next();
          if (done) return resolve(value);
        } while (performance.now() < end);
        setTimeout(slice, 0);
      } catch (error) {
        reject(error);
      }
    };
    setTimeout(slice, 0);
  });
}
