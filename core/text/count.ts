/**
 * A whole number with its digits in threes: `26,000`. As `toLocaleString("en")` writes it, which would first load a locale: a third of the time
 * that the command line takes for a small exploration.
 */
export function grouped(n: number): string {
  const hasAllDigits = Number.isInteger(n) && Math.abs(n) < 1e21;
  return hasAllDigits ? String(n).replace(/\B(?=(?:\d{3})+$)/g, ",") : n.toLocaleString("en");
}

/** `1 state`, `26,000 states`. */
export const count = (n: number, what: string): string => `${grouped(n)} ${what}${n === 1 ? "" : "s"}`;
