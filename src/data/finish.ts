import { type Diagnostic, diagnose, SwymcError } from "../diagnostics/index.ts";
import { type Bars, sliceBars } from "../vector/columns.ts";
import { type Interval, intervalOfStep, isInterval } from "../vector/interval.ts";
import { isoTime } from "../vector/iso-time.ts";
import { modalStep } from "../vector/modal-step.ts";
import { prices, type RawBars } from "./arrow-read.ts";
import { barsToTable, tableOnceAsked } from "./arrow-table.ts";
import type { AvailableSeries, Dataset } from "./dataset.ts";
import { type Fault, faultDiagnostic, type RowName, rowValues } from "./faults.ts";
import type { LoadOptions } from "./options.ts";
import { seriesText } from "./series-text.ts";
import type { TimeWindow } from "./time-range.ts";
import { toEpochMs } from "./time-values.ts";
import { barFaults, timeFaults } from "./validate.ts";

/** What a reader knows of its source beside the columns. */
export interface Origin {
  readonly source: string;
  readonly exchange: string | null;
  readonly mode: string | null;
  readonly product: string | null;
  readonly symbol: string | null;
  /** The interval that the source names; null where it names none. */
  readonly interval: string | null;
  readonly available: readonly AvailableSeries[];
}

/** Names a row of the source by its index in the columns. */
export type NameRow = (index: number, bars: Bars) => RowName;

/**
 * Raw columns → checked dataset: times to epoch ms, order, window, prices, step. The order of time
 * is checked over all rows, prices only where they are used. Throws a SwymcError that names the
 * first row of each kind of fault.
 */
export function finishDataset(
  raw: RawBars,
  origin: Origin,
  options: LoadOptions,
  window: TimeWindow,
  nameRow: NameRow,
): Dataset {
  const { time, faults } = toEpochMs(raw.time, raw.unit);
  const all: Bars = { ...prices(raw), time };
  const describe = (fault: Fault) =>
    faultDiagnostic(fault, all, nameRow(fault.index, all), origin.source);
  if (faults.length === 0) faults.push(...timeFaults(time));
  // A whole file is reported whole; of a window, rows outside may be as bad as they like.
  const whole = !Number.isFinite(window.from) && !Number.isFinite(window.to);
  if (faults.length > 0 && whole) faults.push(...barFaults(all).errors);
  refuse(faults, describe);

  const cut = cutWindow(time, window);
  const bars =
    cut.first === 0 && cut.end === time.length ? all : sliceBars(all, cut.first, cut.end);
  const found = barFaults(bars);
  const shifted = (fault: Fault) => ({ ...fault, index: fault.index + cut.first });
  refuse(found.errors.map(shifted), describe);

  const stepMs = modalStep(bars.time);
  const interval = intervalName(origin.interval, stepMs, options.interval);
  const inWindow = cut.end - cut.first - cut.warmup;
  const warnings = found.warnings.map((fault) => describe(shifted(fault)));
  if (raw.withoutVolume !== undefined) {
    warnings.unshift(diagnose("volume_missing", { found: raw.withoutVolume }));
  }
  warnings.unshift(...intervalWarning(origin.interval, interval, stepMs, options.interval));
  const base = { source: origin.source, ...identity(origin), interval, stepMs, warnings };
  if (inWindow === 0) {
    const named = origin.available.map(seriesText);
    const span = time.length === 0 ? named : [`${isoTime(time[0])} to ${isoTime(time.at(-1))}`];
    return emptyDataset(origin, options, { ...base, available: origin.available }, span);
  }
  const table = tableOnceAsked(bars);
  return {
    ...base,
    state: "ok",
    reason: null,
    get table() {
      return table();
    },
    bars,
    from: bars.time[cut.warmup],
    to: bars.time.at(-1)!,
    warmup: cut.warmup,
    available: origin.available,
  };
}

/** A dataset without bars, whose reason says what was asked for and what there is. */
export function emptyDataset(
  origin: Origin,
  options: LoadOptions,
  known: Partial<Dataset>,
  available: readonly string[],
): Dataset {
  const asked = [
    origin.symbol ?? options.symbol,
    options.interval,
    options.from === undefined ? undefined : `from ${showMoment(options.from)}`,
    options.to === undefined ? undefined : `to ${showMoment(options.to)}`,
  ].filter((part) => part !== undefined);
  const reason = diagnose("empty_dataset", {
    source: origin.source,
    asked: asked.join(" "),
    available,
  });
  return noBars(origin, { ...known, state: "empty_dataset", reason });
}

/** A dataset without bars in the given state. */
export function noBars(
  origin: Origin,
  known: Partial<Dataset> & Pick<Dataset, "state" | "reason">,
): Dataset {
  const none = () => new Float64Array(0);
  const bars: Bars = {
    time: none(),
    open: none(),
    high: none(),
    low: none(),
    close: none(),
    volume: none(),
  };
  return {
    source: origin.source,
    ...identity(origin),
    interval: null,
    stepMs: null,
    available: origin.available,
    warnings: [],
    ...known,
    table: barsToTable(bars),
    bars,
    from: null,
    to: null,
    warmup: 0,
  };
}

/** Rows of a source without lines: their number from 1, and their values. */
export const numberedRow: NameRow = (index, bars) => ({
  where: `row ${index + 1}`,
  row: rowValues(bars, index),
});

/** Raw columns in memory → bars in order of time, whose prices may be na. Throws as {@link finishDataset}. */
export function finishBars(raw: RawBars): Bars {
  const { time, faults } = toEpochMs(raw.time, raw.unit);
  const bars: Bars = { ...prices(raw), time };
  if (faults.length === 0) faults.push(...timeFaults(time));
  if (faults.length === 0) faults.push(...barFaults(bars, { naPrices: true }).errors);
  refuse(faults, (fault) => faultDiagnostic(fault, bars, numberedRow(fault.index, bars), "memory"));
  return bars;
}

function refuse(faults: readonly Fault[], describe: (fault: Fault) => Diagnostic): void {
  if (faults.length > 0) throw new SwymcError(faults.map(describe));
}

function identity({ exchange, mode, product, symbol }: Origin) {
  return { exchange, mode, product, symbol };
}

/** First bar to keep (warm-up included), one past the last, and how many of them are warm-up. */
function cutWindow(time: Float64Array, window: TimeWindow) {
  const start = lowerBound(time, window.from);
  const end = lowerBound(time, window.to);
  const warmup = end > start ? Math.min(window.warmupBars, start) : 0;
  return { first: start - warmup, end, warmup };
}

function lowerBound(time: Float64Array, at: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function intervalName(
  named: string | null,
  stepMs: number | null,
  asked: Interval | undefined,
): Interval | null {
  if (named !== null && isInterval(named)) return named;
  return stepMs === null ? (asked ?? null) : intervalOfStep(stepMs);
}

function intervalWarning(
  named: string | null,
  interval: Interval | null,
  stepMs: number | null,
  asked: Interval | undefined,
): Diagnostic[] {
  if (named !== null || asked === undefined || stepMs === null || interval === asked) return [];
  return [diagnose("interval_differs", { asked, found: interval ?? `${stepMs / 1000} seconds` })];
}

function showMoment(value: string | number): string {
  return typeof value === "number" ? isoTime(value) : value;
}
