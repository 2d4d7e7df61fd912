/**
 * What a condition may be on a bar: a set of Kleene's three truth values. It has one member, except where a
 * comparison is closer than its operands are exact (see `Series.slack`).
 */
export type Truth = number;

export const FALSE: Truth = 1;
export const UNKNOWN: Truth = 2;
export const TRUE: Truth = 4;
const MEMBERS = [FALSE, UNKNOWN, TRUE];

export function not(truth: Truth): Truth {
  return (truth & FALSE ? TRUE : 0) | (truth & UNKNOWN) | (truth & TRUE ? FALSE : 0);
}

/** Kleene's and is the lesser of two values in the order false, unknown, true. */
export function and(truths: readonly Truth[]): Truth {
  return truths.reduce((a, b) => eachPair(a, b, Math.min), TRUE);
}

export function or(truths: readonly Truth[]): Truth {
  return truths.reduce((a, b) => eachPair(a, b, Math.max), FALSE);
}

/** At least n of Kleene's values are true: true, or so many may still be, or not. */
export function atLeast(n: number, truths: readonly Truth[]): Truth {
  const counts = truths.reduce<readonly (readonly [number, number])[]>(
    (known, truth) =>
      known.flatMap(([sure, possible]) =>
        MEMBERS.filter((one) => one & truth).map(
          (one) => [sure + (one === TRUE ? 1 : 0), possible + (one === FALSE ? 0 : 1)] as const,
        ),
      ),
    [[0, 0]],
  );
  return counts.reduce(
    (any, [sure, possible]) => any | (sure >= n ? TRUE : possible >= n ? UNKNOWN : FALSE),
    0,
  );
}

/** True for certain, not true for certain, or (null) open. */
export function fires(truth: Truth): boolean | null {
  if (truth === TRUE) return true;
  return truth & TRUE ? null : false;
}

function eachPair(a: Truth, b: Truth, choose: (x: number, y: number) => number): Truth {
  let result = 0;
  for (const x of MEMBERS) for (const y of MEMBERS) if (a & x && b & y) result |= choose(x, y);
  return result;
}
