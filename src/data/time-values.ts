import { fail } from "../diagnostics/index.ts";
import type { Fault } from "./faults.ts";
import type { TimeUnit } from "./options.ts";

/** Ms in a unit as a fraction of whole numbers, and the numbers that it alone explains: times from 1973 to 2286. */
const UNITS: Record<TimeUnit, { times: number; per: number; least: number; below: number }> = {
  s: { times: 1e3, per: 1, least: 1e8, below: 1e10 },
  ms: { times: 1, per: 1, least: 1e11, below: 1e13 },
  us: { times: 1, per: 1e3, least: 1e14, below: 1e16 },
  ns: { times: 1, per: 1e6, least: 1e17, below: 1e19 },
};

/** Doubles hold epoch ns to 256 ns, so a whole millisecond is one to within half a microsecond. */
const INEXACT = 5e-4;

/** The unit that an epoch number must be in; an error where its size does not tell. */
export function inferUnit(value: number): TimeUnit {
  for (const [unit, { least, below }] of Object.entries(UNITS)) {
    if (value >= least && value < below) return unit as TimeUnit;
  }
  return fail("time_unit_unclear", { value });
}

/** Converts one epoch number to ms, rounded to the whole millisecond. */
export function epochMs(value: number, unit: TimeUnit): number {
  return Math.round(scaled(value, unit));
}

/** Epoch ms as a number of another unit; infinities stay. */
export function inUnit(ms: number, unit: TimeUnit): number {
  const { times, per } = UNITS[unit];
  return (ms * per) / times;
}

/**
 * Epoch numbers (NaN where a row has none) as whole epoch ms. Without a unit the first number
 * tells it, and every other must have the same size. Returns the rows that could not be converted. The times are
 * written to `time`.
 */
export function toEpochMs(
  raw: Float64Array,
  unit: TimeUnit | undefined,
  time: Float64Array = new Float64Array(raw.length),
): { time: Float64Array; faults: Fault[] } {
  const first = raw.find((value) => Number.isFinite(value));
  if (first === undefined) return { time: raw, faults: missing(raw) };
  const known = unit ?? inferUnit(first);
  const { least, below } =
    unit === undefined
      ? UNITS[known]
      : { least: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY };
  if (convert(raw, known, { least, below }, time)) return { time, faults: [] };
  return { time, faults: timeFaults(raw, time, known, { least, below }) };
}

/** The numbers that a column may hold. */
interface Bounds {
  readonly least: number;
  readonly below: number;
}

/** Writes the times of a column; tells whether each is a whole ms within the bounds. */
function convert(
  raw: Float64Array,
  unit: TimeUnit,
  { least, below }: Bounds,
  time: Float64Array,
): boolean {
  const { times, per } = UNITS[unit];
  let faulty = 0;
  for (let i = 0; i < raw.length; i++) {
    const value = raw[i];
    const ms = (value * times) / per;
    const whole = Math.round(ms);
    time[i] = whole;
    const sound = value >= least && value < below && Math.abs(ms - whole) <= INEXACT;
    if (!sound) faulty++;
  }
  return faulty === 0;
}

function timeFaults(
  raw: Float64Array,
  time: Float64Array,
  unit: TimeUnit,
  { least, below }: Bounds,
): Fault[] {
  const bad: Fault = { code: "bad_time", index: -1, count: 0 };
  const mixed: Fault = { code: "time_units_mixed", index: -1, count: 0, unit };
  const fine: Fault = { code: "time_below_ms", index: -1, count: 0 };
  for (const [i, value] of raw.entries()) {
    if (!Number.isFinite(value)) count(bad, i);
    else if (value < least || value >= below) count(mixed, i);
    else if (Math.abs(scaled(value, unit) - time[i]) > INEXACT) count(fine, i);
  }
  return [bad, mixed, fine].filter((fault) => fault.count > 0);
}

function scaled(value: number, unit: TimeUnit): number {
  const { times, per } = UNITS[unit];
  return (value * times) / per;
}

function missing(raw: Float64Array): Fault[] {
  return raw.length === 0 ? [] : [{ code: "bad_time", index: 0, count: raw.length }];
}

function count(fault: { index: number; count: number }, at: number): void {
  if (fault.count++ === 0) fault.index = at;
}

/** The numbers that a unit alone explains. */
export function unitRange(unit: TimeUnit): { readonly least: number; readonly below: number } {
  return UNITS[unit];
}
