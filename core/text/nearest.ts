/**
 * The candidates that a mistyped word may have meant, the likeliest first: at most three, none further away than a
 * third of the word's length (at least one, at most three edits; swapping neighbours is one edit). One that differs in
 * the case of its letters alone leaves no doubt.
 */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  if (word.length > 40) return [];
  const limit = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit) found.push({ candidate, distance });
  }
  found.sort((a, b) => a.distance - b.distance || alike(b.candidate, word) - alike(a.candidate, word));
  const sure = found.filter((f) => f.distance === 0);
  return (sure.length > 0 ? sure : found).slice(0, 3).map((f) => f.candidate);
}

/** `: did you mean \`x\`?`, or nothing where no candidate is near; to be put behind a message. */
export function didYouMean(suggestions: readonly string[]): string {
  return suggestions.length ? `: did you mean ${suggestions.map((s) => `\`${s}\``).join(" or ")}?` : "";
}

/** How many characters two words begin with in common. */
function alike(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

/** Optimal string alignment distance (Damerau–Levenshtein without repeated swaps). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(before, j - 2) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0;
