/** Levels from low to high, for terminals with and without Unicode. */
const BLOCKS = "▁▂▃▄▅▆▇█";
const ASCII = `_.-'"`;

/** A curve in one line of at most `cells` characters, each the height of the last value of its stretch. */
export function sparkline(values: Float64Array, cells: number, unicode: boolean): string {
  const levels = unicode ? BLOCKS : ASCII;
  const count = Math.min(cells, values.length);
  const picked = Array.from(
    { length: count },
    (_, k) => values[Math.ceil(((k + 1) * values.length) / count) - 1]!,
  );
  const low = Math.min(...picked);
  const high = Math.max(...picked);
  const level = (value: number) =>
    high > low
      ? Math.min(levels.length - 1, Math.floor(((value - low) / (high - low)) * levels.length))
      : 0;
  return picked.map((value) => levels[level(value)] ?? " ").join("");
}
