import { isoTime } from "../../vector/iso-time.ts";

/** Why a value of the first bars is na. `bars`: the first bar, counted from 0, on which it can be known. */
export function warmingUp(bars: number, time: Float64Array): string {
  if (!Number.isFinite(bars)) return "never known: its warm-up has no end";
  const at = bars < time.length ? `, ${isoTime(time[bars])}` : ", after the data";
  return `warming up until bar ${bars}${at}`;
}
