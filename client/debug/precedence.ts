/** Lets something go first, and everything else follow in order. */
export interface Precedence {
  /** What follows waits until the function that this returns is called, but no longer than `PATIENCE`. */
  lead(): () => void;
  /** Does something now, or as soon as nobody goes first any more. */
  follow(act: () => void): void;
}

/** Milliseconds that others wait at most: about three times what an idle editor takes to ask for rows, and too few to be noticed. */
export const PATIENCE = 40;

export function createPrecedence(): Precedence {
  const leaders = new Set<ReturnType<typeof setTimeout>>();
  const waiting: (() => void)[] = [];
  const proceed = (): void => {
    while (leaders.size === 0 && waiting.length > 0) waiting.shift()!();
  };
  return {
    lead() {
      const end = (): void => {
        clearTimeout(patience);
        leaders.delete(patience);
        proceed();
      };
      const patience = setTimeout(end, PATIENCE);
      leaders.add(patience);
      return end;
    },
    follow(act) {
      waiting.push(act);
      proceed();
    },
  };
}
