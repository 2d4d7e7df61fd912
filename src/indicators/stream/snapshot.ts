import { streamDiagnostics } from "../../diagnostics/catalogue/streams.ts";
import type { Dialect } from "../../vector/kernel.ts";
import type { MemoryContents } from "../../vector/rolling/index.ts";
import { refuseBy } from "../refuse.ts";

/** A number of a snapshot: null is NaN, and what JSON has no numeral for is a string. */
export type PlainNumber = number | null | "-0" | "Infinity" | "-Infinity";

/** The state of a stream as plain data; JSON.stringify and back leave it as it is. */
export interface StreamSnapshot {
  readonly indicator: string;
  readonly dialect: Dialect;
  readonly params: readonly number[];
  readonly bars: number;
  readonly memory: {
    readonly registers: readonly PlainNumber[];
    /** The registers before the last bar, which is still open. */
    readonly kept: readonly PlainNumber[];
    readonly cells: readonly PlainNumber[];
    /** Cells that the last bar wrote to, and what was there. */
    readonly journal: readonly (readonly [cell: number, old: PlainNumber])[];
  };
}

interface Expected {
  readonly name: string;
  readonly dialect: Dialect;
  readonly params: readonly number[];
}

export function encodeMemory(contents: MemoryContents): StreamSnapshot["memory"] {
  return {
    registers: Array.from(contents.registers, encodeNumber),
    kept: Array.from(contents.kept, encodeNumber),
    cells: Array.from(contents.cells, encodeNumber),
    journal: contents.journal.map(([cell, old]) => [cell, encodeNumber(old)]),
  };
}

/** Checks a snapshot, which may come from a file, against the stream that is to go on from it. */
export function decodeSnapshot(
  snapshot: unknown,
  of: Expected,
  sizes: Pick<MemoryContents, "registers" | "cells">,
): { bars: number; memory: MemoryContents } {
  const reject = (problem: string) =>
    refuseBy("indicator_snapshot", streamDiagnostics.indicator_snapshot, {
      indicator: of.name,
      problem,
    });
  if (!isRecord(snapshot)) return reject("is not an object");
  const { indicator, dialect, params, bars, memory } = snapshot;
  if (indicator !== of.name) return reject(`is of ${JSON.stringify(indicator)}`);
  if (dialect !== of.dialect) return reject(`has the dialect ${JSON.stringify(dialect)}`);
  if (JSON.stringify(params) !== JSON.stringify(of.params)) {
    return reject(`has the parameters ${JSON.stringify(params)}`);
  }
  if (!(Number.isSafeInteger(bars) && Number(bars) >= 0)) return reject("has no count of bars");
  if (!isRecord(memory)) return reject("has no memory");
  const numbers = (key: string, count: number) =>
    decodeNumbers(memory[key], count) ?? reject(`does not have ${count} numbers in memory.${key}`);
  const cells = sizes.cells.length;
  return {
    bars: Number(bars),
    memory: {
      registers: numbers("registers", sizes.registers.length),
      kept: numbers("kept", sizes.registers.length),
      cells: numbers("cells", cells),
      journal: decodeJournal(memory["journal"], cells) ?? reject("has no journal in memory"),
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function encodeNumber(value: number): PlainNumber {
  if (Number.isNaN(value)) return null;
  if (Object.is(value, -0)) return "-0";
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

function decodeNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value === null) return Number.NaN;
  if (value === "-0" || value === "Infinity" || value === "-Infinity") return Number(value);
  return undefined;
}

function decodeNumbers(values: unknown, count: number): Float64Array | undefined {
  if (!(Array.isArray(values) && values.length === count)) return undefined;
  const numbers = values.map(decodeNumber);
  return numbers.includes(undefined) ? undefined : Float64Array.from(numbers as number[]);
}

function decodeJournal(entries: unknown, cells: number): [number, number][] | undefined {
  if (!Array.isArray(entries)) return undefined;
  const journal: [number, number][] = [];
  for (const entry of entries) {
    if (!(Array.isArray(entry) && entry.length === 2)) return undefined;
    const [cell, old] = entry;
    const value = decodeNumber(old);
    if (!(Number.isInteger(cell) && cell >= 0 && cell < cells)) return undefined;
    if (value === undefined) return undefined;
    journal.push([cell, value]);
  }
  return journal;
}
