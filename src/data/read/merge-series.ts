import type { AvailableSeries } from "../dataset.ts";
import { KEYS } from "../series-text.ts";

/** Series by name, from several lists: bars added up, ranges joined. `overlaps` where ranges meet, and bars may be counted twice. */
export function mergeSeries(
  lists: readonly (readonly AvailableSeries[])[],
): { series: AvailableSeries; overlaps: boolean }[] {
  const merged = new Map<string, { series: AvailableSeries; overlaps: boolean }>();
  for (const series of lists.flat()) {
    const id = JSON.stringify(KEYS.map((key) => series[key]));
    const known = merged.get(id);
    merged.set(id, known === undefined ? { series, overlaps: false } : joined(known, series));
  }
  return [...merged.keys()].sort().map((id) => merged.get(id)!);
}

function joined(
  known: { series: AvailableSeries; overlaps: boolean },
  other: AvailableSeries,
): { series: AvailableSeries; overlaps: boolean } {
  const { series } = known;
  const bars = series.bars + other.bars;
  const from = Math.min(series.from ?? Infinity, other.from ?? Infinity);
  const to = Math.max(series.to ?? -Infinity, other.to ?? -Infinity);
  const overlaps = known.overlaps || (other.from! <= series.to! && series.from! <= other.to!);
  return { series: { ...series, bars, from, to }, overlaps };
}
