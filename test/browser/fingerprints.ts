import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import { indicators } from "../../src/indicators/registry.ts";
import { camelCase, createStream } from "../../src/indicators/stream/index.ts";
import type { Dialect } from "../../src/vector/kernel.ts";

/** Enough for the window functions that have a form with SIMD. */
const BARS = 2500;

/** A word for the bits of each output of every indicator in every dialect, batch and stream, over the same bars. */
export function fingerprints(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const definition of indicators) {
    const { name, sources, params, outputs, dialects, stream } = definition;
    const columns = sources.map((source, k) => columnOf(source, k));
    const numbers = params.map((p) => p.default ?? Math.min(p.max, Math.max(p.min, 7)));
    for (const dialect of dialects) {
      const batch = outputs.map(() => new Float64Array(BARS));
      definition.kernel(dialect)(columns, numbers, batch);
      outputs.forEach((output, k) => {
        found[`${name}.${output} in ${dialect}`] = wordOf(batch[k]);
      });
      if (stream === undefined) continue;
      const streamed = streamOf(definition, dialect, numbers, columns);
      outputs.forEach((output, k) => {
        found[`${name}.${output} in ${dialect}, stream`] = wordOf(streamed[k]);
      });
    }
  }
  return found;
}

function streamOf(
  definition: IndicatorDefinition,
  dialect: Dialect,
  numbers: readonly number[],
  columns: readonly Float64Array[],
): Float64Array[] {
  const { sources, params, outputs } = definition;
  const options = Object.fromEntries(params.map((p, k) => [camelCase(p.name), numbers[k]]));
  const stream = createStream<unknown, number | Record<string, number>>(definition, {
    ...options,
    dialect,
  });
  const results = outputs.map(() => new Float64Array(BARS));
  for (let i = 0; i < BARS; i++) {
    const input =
      sources.length === 1
        ? columns[0][i]
        : Object.fromEntries(sources.map((source, k) => [source, columns[k][i]]));
    const value = stream.update(input);
    outputs.forEach((output, k) => {
      results[k][i] = typeof value === "number" ? value : value[output];
    });
  }
  return results;
}

/** Prices with gaps, ties and a flat stretch; high above, low below; only arithmetic that rounds the same everywhere. */
function columnOf(source: string, k: number): Float64Array {
  let state = 7;
  const noise = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
  let price = 100;
  return Float64Array.from({ length: BARS }, (_, i) => {
    const step = noise();
    const reach = Math.abs(noise());
    if (i < 700 || i > 800) price += i % 3 === 0 ? Math.round(2 * step) : step;
    if (i % 211 === 13 + k) return Number.NaN;
    if (source === "high") return price + reach;
    if (source === "low") return price - reach;
    if (source === "volume") return Math.round(1000 * reach);
    if (source === "time") return 1_600_000_000_000 + 3_600_000 * i;
    if (source === "condition") return step > 0.5 ? 1 : 0;
    return k === 0 ? price : price + step;
  });
}

/** FNV-1a over the bytes. */
function wordOf(column: Float64Array): string {
  const bytes = new Uint8Array(column.buffer);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}
