import { parseMoment } from "../../data/index.ts";
import { fail } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";

/**
 * The bar that a time names: the one that opens then, or the last that opened before and has not ended. `last` is the last
 * bar. Throws SwymcError, naming the bars nearest to it, where there is none.
 *
 * @param time opens of the bars
 * @param start first bar that may be named; earlier ones warm up
 * @param stepMs length of a bar
 */
export function findBar(
  wanted: string | number,
  time: Float64Array,
  start: number,
  stepMs: number,
): number {
  if (start >= time.length) fail("explain_no_bars", {});
  if (wanted === "last") return time.length - 1;
  const asked = typeof wanted === "number" ? wanted : parseMoment(wanted)?.ms;
  if (asked === undefined || !Number.isFinite(asked))
    return fail("date_option", { option: "--bar", value: String(wanted) });
  const at = lastUntil(time, asked);
  if (at >= start && asked < time[at]! + stepMs) return at;
  const near = [at, at + 1].filter((bar) => bar >= start && bar < time.length);
  const nearest = near.length > 0 ? near : [start];
  return fail("explain_bar", {
    time: isoTime(asked),
    nearest: nearest.map((bar) => isoTime(time[bar])),
    from: isoTime(time[start]),
    to: isoTime(time[time.length - 1]),
  });
}

/** The last bar that opens at or before a time; -1 where none does. */
function lastUntil(time: Float64Array, asked: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! <= asked) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
