/** Long work in small pieces: wherever it yields, somebody else can have the thread, and it need not be taken up again. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all pieces one after the other. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
