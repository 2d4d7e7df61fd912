import { run } from "../../../src/index.ts";
import type { Program } from "../../../src/program/program.ts";
import { setUpRun } from "../../../src/program/run-setup.ts";
import { createEngine } from "../../../src/sweep/engine/create-engine.ts";
import type { EngineChoice } from "../../../src/sweep/engine/engine.ts";
import { SWEEP_METRICS } from "../../../src/sweep/engine/sweep-metrics.ts";
import type { Bars } from "../../../src/vector/columns.ts";
import { random } from "../../reference/random.ts";
import type { Execution } from "../../reference/simulate.ts";

/** Rows of parameter values that the program takes: its defaults, and values near them, some rows alike. */
export function trialsOf(program: Program, seed: number, count: number): number[][] {
  const next = random(seed);
  const defaults = program.bind();
  const choices = defaults.map((value) => [
    value,
    value,
    value + 1,
    value + 2,
    value * 2,
    value / 2,
  ]);
  const rows = fits(program, defaults) ? [[...defaults]] : [];
  for (let tries = 0; rows.length < count && tries < 5 * count; tries++) {
    const row = choices.map((values) => values[Math.floor(next() * values.length)]!);
    if (fits(program, row)) rows.push(row);
  }
  return rows;
}

function fits(program: Program, row: readonly number[]): boolean {
  try {
    program.bind(named(program, row));
    return true;
  } catch {
    return false;
  }
}

function named(program: Program, row: readonly number[]): Record<string, number> {
  return Object.fromEntries(program.params.map(({ name }, k) => [name, row[k]!]));
}

/** The rows that an engine gives, run in batches of the given size. */
export function engineRows(
  program: Program,
  bars: Bars,
  execution: Partial<Execution> & { start?: number; riskFreeReturn?: number },
  trials: readonly (readonly number[])[],
  kind: EngineChoice,
  batch = trials.length,
  asked: { metrics?: readonly string[] } = {},
): number[][] {
  const { settings, annual } = setUpRun(execution, program.paperRun, bars.time);
  const engine = createEngine(program, { bars, settings, annual, ...asked }, kind);
  const width = SWEEP_METRICS.length;
  const rows: number[][] = [];
  for (let from = 0; from < trials.length; from += batch) {
    const part = trials.slice(from, from + batch);
    const out = new Float64Array(part.length * width).fill(-12345);
    engine.run(Float64Array.from(part.flat()), part.length, out);
    for (let at = 0; at < out.length; at += width) rows.push([...out.subarray(at, at + width)]);
  }
  // The next one finds what this one leaves in its memory.
  engine.release?.();
  return rows;
}

/** The same rows by the public way, one run after the other. */
export function runRows(
  program: Program,
  bars: Bars,
  execution: Partial<Execution> & { start?: number; riskFreeReturn?: number },
  trials: readonly (readonly number[])[],
): number[][] {
  return trials.map((row) => {
    const { metrics } = run(program, bars, { ...execution, params: named(program, row) });
    return SWEEP_METRICS.map((name) => metrics[name] ?? Number.NaN);
  });
}
