import type { Dialect } from "../../vector/kernel.ts";
import { refuse } from "../refuse.ts";

/** A number of a snapshot: null is NaN, and what JSON has no numeral for is a string. */
export type PlainNumber = number | null | "-0" | "Infinity" | "-Infinity";

/** The state of a stream as plain data; JSON.stringify and back leave it as it is. */
export interface StreamSnapshot {
  readonly indicator: string;
  readonly dialect: Dialect;
  readonly params: readonly number[];
  readonly bars: number;
  readonly memory: readonly PlainNumber[];
  /** What the last bar overwrote: slot and old value. */
  readonly journal: readonly (readonly [slot: number, old: PlainNumber])[];
}

interface Expected {
  readonly name: string;
  readonly dialect: Dialect;
  readonly params: readonly number[];
}

interface State {
  readonly bars: number;
  readonly memory: Float64Array;
  readonly journal: [number, number][];
}

/** Writes a slot per step a few times at most; more is no journal of ours. */
const LONGEST_JOURNAL = 10_000;

export function encodeNumber(value: number): PlainNumber {
  if (Number.isNaN(value)) return null;
  if (Object.is(value, -0)) return "-0";
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

/** Checks a snapshot, which may come from a file, against the stream that is to go on from it. */
export function decodeSnapshot(snapshot: unknown, of: Expected, slots: number): State {
  const reject = (problem: string) => refuse("indicator_snapshot", { indicator: of.name, problem });
  if (typeof snapshot !== "object" || snapshot === null) return reject("is not an object");
  const { indicator, dialect, params, bars, memory, journal } = snapshot as Record<string, unknown>;
  if (indicator !== of.name) return reject(`is of ${JSON.stringify(indicator)}`);
  if (dialect !== of.dialect) return reject(`has the dialect ${JSON.stringify(dialect)}`);
  if (JSON.stringify(params) !== JSON.stringify(of.params)) {
    return reject(`has the parameters ${JSON.stringify(params)}`);
  }
  if (!(Number.isSafeInteger(bars) && Number(bars) >= 0)) return reject("has no count of bars");
  if (!(Array.isArray(memory) && memory.length === slots)) {
    return reject(`does not have ${slots} numbers of memory`);
  }
  const values = memory.map(decodeNumber);
  const wrong = values.indexOf(undefined);
  if (wrong >= 0) return reject(`has no number at memory ${wrong}`);
  if (!(Array.isArray(journal) && journal.length <= LONGEST_JOURNAL)) {
    return reject("has no journal");
  }
  const pairs = journal.map((entry) => decodeEntry(entry, slots));
  if (pairs.includes(undefined)) return reject("has a journal of another form");
  return {
    bars: Number(bars),
    memory: Float64Array.from(values as number[]),
    journal: pairs as [number, number][],
  };
}

function decodeEntry(entry: unknown, slots: number): [number, number] | undefined {
  if (!(Array.isArray(entry) && entry.length === 2)) return undefined;
  const [slot, old] = entry;
  const value = decodeNumber(old);
  const fits = Number.isInteger(slot) && slot >= 0 && slot < slots;
  return fits && value !== undefined ? [slot, value] : undefined;
}

function decodeNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value === null) return Number.NaN;
  if (value === "-0" || value === "Infinity" || value === "-Infinity") return Number(value);
  return undefined;
}
