const LONGEST = 64;

/**
 * The candidate that a misspelt word most likely stands for, or undefined. Case and `-` for `_` do not count;
 * up to a third of the letters may differ (Levenshtein, with swapped neighbours as one step).
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const wanted = fold(word);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const longer = Math.max(wanted.length, candidate.length);
    const allowed = Math.min(Math.floor(longer / 3), least - 1);
    if (longer > LONGEST || Math.abs(candidate.length - wanted.length) > allowed) continue;
    const steps = distance(wanted, fold(candidate));
    if (steps > allowed || steps >= Math.min(wanted.length, candidate.length)) continue;
    best = candidate;
    least = steps;
  }
  return best;
}

function fold(word: string): string {
  if (/^[a-z0-9_]*$/.test(word)) return word;
  return word
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .toLowerCase()
    .replaceAll(/[-\s]/g, "_");
}

/** Optimal string alignment distance. */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
