import { fail, suggest } from "../../diagnostics/index.ts";
import type { Objective } from "../online/objective.ts";
import type { Batch } from "../run/batch.ts";
import { RUNGS } from "../run/stages.ts";
import type { SweepPlan } from "../run/sweep-plan.ts";
import { type Axis, countOf, valueAt, valueAtShare } from "../space/axis.ts";
import { type SweptParam, shownValue } from "../space/swept-param.ts";

/** Most cells along an axis; more values share cells. */
const MAX_CELLS = 100;

/** One side of a heat map. */
export interface HeatAxis {
  readonly name: string;
  /** The first value of each cell, in order. */
  readonly values: readonly (number | string)[];
}

/** The best value of the objective for each pair of two parameters, over everything else. */
export interface HeatMap {
  readonly x: HeatAxis;
  readonly y: HeatAxis;
  readonly objective: string;
  readonly direction: "max" | "min";
  /** Row by row of y; NaN where nothing is defined. */
  readonly cells: Float64Array;
  /** Trials that fell into each cell. */
  readonly counts: Float64Array;
}

/** Collects a heat map while trials pass, in memory of its cells alone. */
export class HeatGrid {
  readonly #axes: readonly [string, string];
  readonly #sides: readonly [HeatAxis, HeatAxis];
  readonly #objective: Objective;
  readonly #scores: Float64Array;
  readonly #cells: Float64Array;
  readonly #counts: Float64Array;

  /** @param names of the two parameters; the first two that vary unless given */
  constructor(plan: SweepPlan, names: readonly string[] | null) {
    const [x, y] = chosen(plan, names);
    this.#axes = [x.axis.name, y.axis.name];
    this.#sides = [side(x), side(y)];
    this.#objective = plan.objective;
    const size = this.#sides[0].values.length * this.#sides[1].values.length;
    this.#scores = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#cells = new Float64Array(size).fill(Number.NaN);
    this.#counts = new Float64Array(size);
  }

  take(batch: Batch): void {
    const { job, params, count } = batch;
    if (job.rung !== null && job.rung < RUNGS) return;
    const { axes, params: own } = job.strategy.space;
    const [x, y] = this.#axes.map((name) => axes.find((axis) => axis.name === name));
    if (x === undefined || y === undefined) return;
    const columns = this.#sides[0].values.length;
    for (let k = 0; k < count; k++) {
      const at = k * own.length;
      const cell = cellOf(y, params[at + y.index]!) * columns + cellOf(x, params[at + x.index]!);
      this.#counts[cell]!++;
      const score = this.#objective.score(batch, k);
      if (!(score > this.#scores[cell]!)) continue;
      this.#scores[cell] = score;
      this.#cells[cell] = this.#objective.value(batch, k);
    }
  }

  map(): HeatMap {
    const [x, y] = this.#sides;
    const { text, direction } = this.#objective;
    return { x, y, objective: text, direction, cells: this.#cells, counts: this.#counts };
  }
}

interface Chosen {
  readonly axis: Axis;
  readonly param: SweptParam;
}

function chosen(plan: SweepPlan, names: readonly string[] | null): [Chosen, Chosen] {
  const all = plan.strategies.map(({ space }) =>
    space.axes
      .filter(({ values }) => countOf(values) > 1)
      .map((axis) => ({ axis, param: space.params[axis.index]! })),
  );
  if (names === null) {
    const pair = all.find((axes) => axes.length >= 2);
    if (pair === undefined) fail("sweep_heatmap", { reason: "it needs two parameters that vary" });
    return [pair[0]!, pair[1]!];
  }
  const [x, y] = names;
  if (x === undefined || y === undefined || names.length !== 2 || x === y) {
    fail("sweep_heatmap", { reason: "it needs the names of two parameters" });
  }
  const known = [...new Set(all.flat().map(({ axis }) => axis.name))];
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = suggest(name, known);
    const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
    fail("sweep_heatmap", { reason: `"${name}" is not swept over several values${hint}` });
  }
  const found = (axes: readonly Chosen[]) =>
    names.map((name) => axes.find(({ axis }) => axis.name === name));
  const pair = all.map(found).find((both) => both.every((one) => one !== undefined));
  if (pair === undefined) fail("sweep_heatmap", { reason: "no strategy has both parameters" });
  return [pair[0]!, pair[1]!];
}

function cellsOf({ values }: Axis): number {
  return Math.min(MAX_CELLS, values.kind === "real" ? 40 : countOf(values));
}

function side({ axis, param }: Chosen): HeatAxis {
  const cells = cellsOf(axis);
  const value = (cell: number) => {
    if (axis.values.kind === "real") return valueAtShare(axis.values, cell / cells);
    return valueAt(axis.values, Math.ceil((cell * countOf(axis.values)) / cells));
  };
  return {
    name: axis.name,
    values: Array.from({ length: cells }, (_, cell) => shownValue(param, value(cell))),
  };
}

function cellOf(axis: Axis, value: number): number {
  const { values } = axis;
  const cells = cellsOf(axis);
  if (values.kind === "real") {
    const { min, max, logarithmic } = values;
    const share = logarithmic
      ? Math.log(value / min) / Math.log(max / min)
      : (value - min) / (max - min);
    return Math.max(0, Math.min(cells - 1, Math.floor(share * cells)));
  }
  const place =
    values.kind === "list"
      ? values.values.indexOf(value)
      : Math.round((value * values.scale - values.first) / values.by);
  return Math.min(cells - 1, Math.floor((place * cells) / countOf(values)));
}
