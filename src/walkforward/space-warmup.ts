import { indicator } from "../indicators/registry.ts";
import { warmupOf } from "../ir/index.ts";
import type { Program } from "../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../program/script-program.ts";
import { type Axis, countOf, valueAt } from "../sweep/space/axis.ts";
import { type Space, standardRow } from "../sweep/space/space.ts";
import { type RowParams, rowParams } from "./row-params.ts";

/** Most parameters whose least and greatest values are all combined. */
const COMBINED = 8;

/**
 * The longest warm-up in bars at the corners of a space, where every parameter is at its least or greatest value; null of a
 * script that rules cannot say, of which it is not known. Endless ones, of conditions that are never known, do not count.
 */
export function longestWarmup(
  program: Program | ScriptProgram,
  space: Space,
  fixed: RowParams,
): number | null {
  let longest: number | null = null;
  for (const row of corners(space)) {
    const warmup = warmupWith(program, rowParams(program, fixed, row));
    if (warmup !== null && Number.isFinite(warmup)) longest = Math.max(longest ?? 0, warmup);
  }
  return longest;
}

function warmupWith(program: Program | ScriptProgram, params: RowParams): number | null {
  if (!isScriptProgram(program)) return program.warmup(params as Record<string, number>);
  const { ir } = program.asRules(params);
  if (ir === undefined) return null;
  const values = new Map(Object.entries(program.bind(params) as Record<string, number>));
  return warmupOf(ir, values, (name, numbers) => indicator(name)!.warmup(numbers, ir.dialect));
}

function* corners({ params, axes }: Space): Generator<Float64Array> {
  const apart = axes.length <= COMBINED;
  const count = apart ? 2 ** axes.length : 2;
  for (let corner = 0; corner < count; corner++) {
    const row = standardRow({ params });
    axes.forEach((axis, k) => {
      const greatest = apart ? (corner >> k) & 1 : corner;
      row[axis.index] = endsOf(axis)[greatest]!;
    });
    yield row;
  }
}

function endsOf({ values }: Axis): readonly [number, number] {
  if (values.kind === "real") return [values.min, values.max];
  if (values.kind === "list") return [Math.min(...values.values), Math.max(...values.values)];
  return [valueAt(values, 0), valueAt(values, countOf(values) - 1)];
}
