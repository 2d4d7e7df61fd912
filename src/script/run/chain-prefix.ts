import { crossAbove } from "../../indicators/cross-above.ts";
import { gaps } from "../../indicators/elementwise.ts";
import { emaKernel } from "../../indicators/ema.ts";
import { rmaKernel } from "../../indicators/rma.ts";
import { strength } from "../../indicators/rsi-wilder.ts";
import { trKernel } from "../../indicators/tr.ts";
import { firstDefined, firstNa, isNa } from "../../vector/rolling/index.ts";
import { type ChainNode, isAverage } from "../unit.ts";

/** The first bars of a pass, until all of its averages have begun. */
export interface ChainPrefix {
  readonly length: number;
  /** By node, its values. */
  readonly values: readonly Float64Array[];
  /** The state of the loop: by node that carries something on, its last value and two constants. */
  readonly carried: readonly number[];
}

/** null where a value is missing after a series' first, or there are no bars after it. */
export function prefixOf(
  nodes: readonly ChainNode[],
  columns: readonly Float64Array[],
  bars: number,
  periods: ReadonlyMap<number, number>,
): ChainPrefix | null {
  const length = lengthOf(nodes, columns, periods);
  if (length >= bars) return null;
  const values: Float64Array[] = [];
  for (const node of nodes) {
    const series = valuesOf(node, values, columns, length, periods);
    if (node.op !== "strength" && !isWhole(series)) return null;
    values.push(series);
  }
  const carried = nodes.flatMap((node, at) => carriedBy(node, at, values, periods));
  return carried.some(isNa) ? null : { length, values, carried };
}

/** Beside the value the constants of a step: the new weight, or Wilder's old weight and the sum of both. */
function carriedBy(
  node: ChainNode,
  at: number,
  values: readonly Float64Array[],
  periods: ReadonlyMap<number, number>,
): readonly number[] {
  const last = (of: number) => values[of]![values[of]!.length - 1]!;
  if (node.op === "cross_above") return [Number(last(node.of) > last(node.by)), 0, 0];
  if (!isAverage(node)) return [];
  const period = periods.get(node.period)!;
  return node.op === "ema" ? [last(at), 2 / (period + 1), 0] : [last(at), period - 1, period];
}

/** Whether nothing is missing but NaN at first. */
function isWhole(series: Float64Array): boolean {
  const first = series.findIndex((value) => !Number.isNaN(value));
  return first < 0 || firstNa(series, first) === series.length;
}

function lengthOf(
  nodes: readonly ChainNode[],
  columns: readonly Float64Array[],
  periods: ReadonlyMap<number, number>,
): number {
  const lengths: number[] = [];
  for (const node of nodes) lengths.push(lengthOfOne(node, lengths, columns, periods));
  return Math.max(...lengths);
}

/** Bars until the first value of a node, at most, where none is missing after its columns' first. */
function lengthOfOne(
  node: ChainNode,
  lengths: readonly number[],
  columns: readonly Float64Array[],
  periods: ReadonlyMap<number, number>,
): number {
  switch (node.op) {
    case "column":
      return firstDefined(columns[node.column]!) + 1;
    case "ema":
    case "rma":
      return lengths[node.of]! + periods.get(node.period)!;
    case "change":
      return lengths[node.of]! + 1;
    case "rise":
    case "fall":
      return lengths[node.of]!;
    case "minus":
    case "strength":
      return Math.max(lengths[node.of]!, lengths[node.by]!);
    case "cross_above":
      return Math.max(lengths[node.of]!, lengths[node.by]!) + 1;
    case "true_range":
      return Math.max(lengths[node.high]!, lengths[node.low]!, lengths[node.close]!);
  }
}

function valuesOf(
  node: ChainNode,
  values: readonly Float64Array[],
  columns: readonly Float64Array[],
  length: number,
  periods: ReadonlyMap<number, number>,
): Float64Array {
  if (node.op === "column") return columns[node.column]!.subarray(0, length);
  const out = new Float64Array(length);
  switch (node.op) {
    case "ema":
      emaKernel("tv")([values[node.of]!], [periods.get(node.period)!], [out]);
      return out;
    case "rma":
      rmaKernel("tv")([values[node.of]!], [periods.get(node.period)!], [out]);
      return out;
    case "minus":
      gaps(values[node.of]!, values[node.by]!, out);
      return out;
    case "cross_above":
      crossAbove(values[node.of]!, values[node.by]!, "tv", out);
      return out;
    case "change":
      return mapped(out, (i) => values[node.of]![i]! - values[node.of]![i - 1]!);
    case "rise":
      return mapped(out, (i) => 0.5 * (Math.abs(values[node.of]![i]!) + values[node.of]![i]!));
    case "fall":
      return mapped(out, (i) => 0.5 * (Math.abs(values[node.of]![i]!) - values[node.of]![i]!));
    case "strength":
      return mapped(out, (i) => strength(values[node.of]![i]!, values[node.by]![i]!, Number.NaN));
    case "true_range":
      trKernel()([values[node.high]!, values[node.low]!, values[node.close]!], [1], [out]);
      return out;
  }
}

function mapped(out: Float64Array, of: (bar: number) => number): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = of(i);
  return out;
}
