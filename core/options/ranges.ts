/** Numbers that one list of ranges may stand for. */
const MOST = 100_000;

/**
 * Reads numbers and ranges, divided by commas: `1-50`, `1,3,10-20`.
 * @returns the numbers in ascending order, each once, or one sentence that says what is wrong
 */
export function parseRanges(text: string): readonly number[] | { readonly error: string } {
  const numbers: number[] = [];
  for (const item of text.split(",")) {
    const match = /^\s*(\d{1,15})\s*(?:-\s*(\d{1,15})\s*)?$/.exec(item);
    if (!match) return { error: `\`${item}\` is neither a number nor a range, as in 1-50` };
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first) return { error: `\`${item}\` ends before it begins` };
    if (numbers.length + last - first >= MOST) return { error: `these are more than ${MOST} numbers` };
    for (let n = first; n <= last; n++) numbers.push(n);
  }
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** The same for interrupt intervals. */
export function parseIntervals(text: string): readonly number[] | { readonly error: string } {
  const numbers = parseRanges(text);
  if ("error" in numbers || numbers[0] !== 0) return numbers;
  return { error: "an interval is at least 1, not 0" };
}

/** The text of numbers in ascending order: `1-3, 6, 8-50`. */
export function formatRanges(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const n of numbers) {
    const range = ranges.at(-1);
    if (range && n === range[1] + 1) range[1] = n;
    else ranges.push([n, n]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}
