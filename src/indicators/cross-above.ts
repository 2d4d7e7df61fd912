import type { Dialect } from "../vector/kernel.ts";
import { inChunks, isNa } from "../vector/rolling/index.ts";

/**
 * Where `a` crosses above `b`: 1, else 0. tv and talib: a > b now and a <= b on the last earlier bar where both
 * were defined; NaN (unknown) on an na bar and before such a pair. The others answer 0 there:
 * - pandas: `(a > b) & (a.shift() <= b.shift())`;
 * - backtrader: the last difference that was not 0 was below 0 (CrossOver); na forgets it;
 * - vectorbt: a was below b since the last na, and this is the first bar above (crossed_above).
 * Crossing under is the same with `a` and `b` exchanged.
 */
export function crossAbove(
  a: Float64Array,
  b: Float64Array,
  dialect: Dialect,
  out: Float64Array,
): void {
  FORMS[dialect](a, b, out);
}

type Form = (a: Float64Array, b: Float64Array, out: Float64Array) => void;

const FORMS: Record<Dialect, Form> = {
  tv: sinceLastPair,
  talib: sinceLastPair,
  backtrader: sinceLastDifference,
  pandas: sinceBarBefore,
  vectorbt: sinceBelow,
};

/** Whether a pair was seen, and whether `a` was not above `b` in the last one. */
const KNOWN = 0;
const NOT_ABOVE = 1;

function sinceLastPair(a: Float64Array, b: Float64Array, out: Float64Array): void {
  const state = new Uint8Array(2);
  inChunks(0, out.length, (from, to) => {
    if (from === 0 || pairs(a, b, from, to, out) !== 0) pairsOverNa(a, b, from, to, state, out);
    else {
      state[KNOWN] = 1;
      state[NOT_ABOVE] = Number(a[to - 1] <= b[to - 1]);
    }
  });
}

/** Without branches, for crossings are hard to foretell. Returns 0, or not where a value is na or infinite. */
function pairs(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): number {
  let zero = a[from - 1] - a[from - 1] + (b[from - 1] - b[from - 1]);
  let wasAbove = Number(a[from - 1] > b[from - 1]);
  for (let i = from; i < to; i++) {
    const x = a[i];
    const y = b[i];
    zero += x - x + (y - y);
    const above = Number(x > y);
    out[i] = above & (wasAbove ^ 1);
    wasAbove = above;
  }
  return zero;
}

function pairsOverNa(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  state: Uint8Array,
  out: Float64Array,
): void {
  let known = state[KNOWN] === 1;
  let notAbove = state[NOT_ABOVE] === 1;
  for (let i = from; i < to; i++) {
    if (isNa(a[i]) || isNa(b[i])) {
      out[i] = Number.NaN;
      continue;
    }
    const above = a[i] > b[i];
    out[i] = known ? Number(above && notAbove) : Number.NaN;
    known = true;
    notAbove = !above;
  }
  state[KNOWN] = Number(known);
  state[NOT_ABOVE] = Number(notAbove);
}

function sinceBarBefore(a: Float64Array, b: Float64Array, out: Float64Array): void {
  let notAbove = false;
  for (let i = 0; i < out.length; i++) {
    const missing = isNa(a[i]) || isNa(b[i]);
    out[i] = Number(!missing && a[i] > b[i] && notAbove);
    notAbove = !missing && a[i] <= b[i];
  }
}

function sinceLastDifference(a: Float64Array, b: Float64Array, out: Float64Array): void {
  let wasBelow = false;
  for (let i = 0; i < out.length; i++) {
    const missing = isNa(a[i]) || isNa(b[i]);
    out[i] = Number(!missing && a[i] > b[i] && wasBelow);
    if (missing || a[i] !== b[i]) wasBelow = !missing && a[i] < b[i];
  }
}

function sinceBelow(a: Float64Array, b: Float64Array, out: Float64Array): void {
  let wasBelow = false;
  let above = false;
  for (let i = 0; i < out.length; i++) {
    const missing = isNa(a[i]) || isNa(b[i]);
    const isAbove = !missing && a[i] > b[i];
    out[i] = Number(isAbove && wasBelow && !above);
    wasBelow = !missing && (wasBelow || a[i] < b[i]);
    above = isAbove;
  }
}
