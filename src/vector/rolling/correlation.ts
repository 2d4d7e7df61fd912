/** How a correlation ends. */
export interface CorrelationForm {
  /** A product of the two deviations, × n, that is not above it counts as 0. */
  readonly floor: number;
  /** The correlation then. */
  readonly flat: number;
}

/** Sums over a block of dx, dy, dx², dy², dx·dy. */
export const SUMS = 5;

/**
 * Pearson's correlation of the last `period` values, from bar `period - 1` on. Van Herk block sums of the differences
 * from a pivot, as in `rollingDeviation`, one for each series: levels never mix, and a common level costs no digits.
 */
export function rollingCorrelation(
  x: Float64Array,
  y: Float64Array,
  period: number,
  out: Float64Array,
  form: CorrelationForm,
): void {
  const tails = new Float64Array(SUMS * period);
  for (let start = period; start <= x.length; start += period) {
    sumTails(x, y, start, period, tails);
    out[start - 1] = correlationOf(
      period,
      tails[0],
      tails[1],
      tails[2],
      tails[3],
      tails[4],
      form.floor,
      form.flat,
    );
    joinHeads(x, y, start, Math.min(x.length, start + period - 1), period, tails, out, form);
  }
}

function sumTails(
  x: Float64Array,
  y: Float64Array,
  end: number,
  period: number,
  tails: Float64Array,
): void {
  const pivotX = x[end - 1];
  const pivotY = y[end - 1];
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  let i = end;
  for (let at = SUMS * (period - 1); at >= 0; at -= SUMS) {
    i--;
    const dx = x[i] - pivotX;
    const dy = y[i] - pivotY;
    sx += dx;
    sy += dy;
    sxx += dx * dx;
    syy += dy * dy;
    sxy += dx * dy;
    tails[at] = sx;
    tails[at + 1] = sy;
    tails[at + 2] = sxx;
    tails[at + 3] = syy;
    tails[at + 4] = sxy;
  }
}

function joinHeads(
  x: Float64Array,
  y: Float64Array,
  start: number,
  end: number,
  period: number,
  tails: Float64Array,
  out: Float64Array,
  { floor, flat }: CorrelationForm,
): void {
  const pivotX = x[start - 1];
  const pivotY = y[start - 1];
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  let at = 0;
  for (let i = start; i < end; i++) {
    const dx = x[i] - pivotX;
    const dy = y[i] - pivotY;
    sx += dx;
    sy += dy;
    sxx += dx * dx;
    syy += dy * dy;
    sxy += dx * dy;
    at += SUMS;
    out[i] = correlationOf(
      period,
      sx + tails[at],
      sy + tails[at + 1],
      sxx + tails[at + 2],
      syy + tails[at + 3],
      sxy + tails[at + 4],
      floor,
      flat,
    );
  }
}

/** (n·Σxy - Σx·Σy) / sqrt((n·Σx² - (Σx)²)·(n·Σy² - (Σy)²)), from -1 to 1. */
export function correlationOf(
  n: number,
  sx: number,
  sy: number,
  sxx: number,
  syy: number,
  sxy: number,
  floor: number,
  flat: number,
): number {
  const a = n * sxx - sx * sx;
  const b = n * syy - sy * sy;
  if (!(a > 0 && b > 0)) return a <= 0 || b <= 0 ? flat : Number.NaN;
  // Two roots: the product of the squares may leave the range of a double.
  const scale = Math.sqrt(a) * Math.sqrt(b);
  if (scale <= floor * n) return flat;
  const r = (n * sxy - sx * sy) / scale;
  return r - r === 0 ? Math.min(1, Math.max(-1, r)) : Number.NaN;
}
