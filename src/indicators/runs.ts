import { firstDefined, inChunks, isNa } from "../vector/rolling/index.ts";
import { TOLERANCE } from "./conventions.ts";
import { finite } from "./finite.ts";

/**
 * 1 where the last `period` changes all were rises (`sign` 1) or falls (-1) by more than 1e-10, else 0; na on na bars and until
 * there were `period` changes since the first value. A change from or to na ends a run.
 */
export function runs(source: Float64Array, period: number, sign: 1 | -1, out: Float64Array): void {
  const first = firstDefined(source);
  let last = 0;
  inChunks(0, source.length, (from, to) => {
    let run = last;
    for (let i = from; i < to; i++) {
      if (isNa(source[i])) {
        out[i] = Number.NaN;
        run = 0;
        continue;
      }
      const change = i > first ? finite(source[i] - source[i - 1]) : 0;
      run = sign * change > TOLERANCE ? run + 1 : 0;
      out[i] = i - first < period ? Number.NaN : Number(run >= period);
    }
    last = run;
  });
}
