/** The most common step between neighbouring bars in ms, the shorter on a tie; null below two bars. */
export function modalStep(time: Float64Array): number | null {
  const counts = new Map<number, number>();
  let step = Number.NaN;
  let run = 0;
  for (let i = 1; i < time.length; i++) {
    const next = time[i] - time[i - 1];
    if (next === step) {
      run++;
      continue;
    }
    if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
    step = next;
    run = 1;
  }
  if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
  let best: number | null = null;
  let most = 0;
  for (const [value, n] of counts) {
    if (n > most || (n === most && best !== null && value < best)) {
      best = value;
      most = n;
    }
  }
  return best;
}
