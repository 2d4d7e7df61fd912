import type { MetricDefinition } from "../stats/metric-table.ts";

/** Numbers and times as people read them. Not for machines: the JSON has the exact values. */

/** What stands where a value is undefined. */
export const UNDEFINED_VALUE = "–";

const MINUS = "-";

/** 1234.5 → `1,234.50`. */
export function decimal(value: number, digits = 2): string {
  const text = Math.abs(value).toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** An amount: cents, and below one unit four significant digits, since quantities may be tiny. */
export function money(value: number): string {
  const size = Math.abs(value);
  if (size >= 1 || size < 1e-12) return decimal(value);
  const digits = 3 - Math.floor(Math.log10(size));
  return value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: digits });
}

/** 0.0123 → `1.23 %`. */
export function percent(fraction: number, digits = 2): string {
  return `${decimal(fraction * 100, digits)} %`;
}

/** As {@link percent}, with a plus before gains. */
export function signedPercent(fraction: number): string {
  const text = percent(fraction);
  return fraction > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A number as given, without the zeros that rounding would add: 0.001 → `0.001`. */
export function plain(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 12 });
}

/** `2024-01-01T05:00:00.000Z` → `2024-01-01 05:00`; seconds only where they are not 0. */
export function minute(iso: string): string {
  return iso
    .replace("T", " ")
    .replace(/(:\d\d)(\.0+)?Z$/, (_, seconds: string) => (seconds === ":00" ? "" : seconds));
}

/** `3 orders`, `1 order`. */
export function count(n: number, noun: string): string {
  return `${decimal(n, 0)} ${noun}${n === 1 ? "" : "s"}`;
}

const FORMATS: Readonly<Record<MetricDefinition["unit"], (value: number) => string>> = {
  money,
  fraction: percent,
  "fraction per year": percent,
  ratio: decimal,
  bars: (value) => decimal(value, Number.isInteger(value) ? 0 : 1),
  count: (value) => decimal(value, 0),
};

/** A metric as its unit is read; a dash where it is undefined. */
export function formatMetric(unit: MetricDefinition["unit"], value: number | null): string {
  return value === null ? UNDEFINED_VALUE : FORMATS[unit](value);
}
