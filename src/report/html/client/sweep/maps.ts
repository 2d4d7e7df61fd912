import { heatScale } from "../../sweep/heat-scale.ts";
import { cellOf, cellsFor, neighbourMeans, surface } from "../../sweep/surface.ts";
import { viridis } from "../../sweep/viridis.ts";
import { choice } from "../controls.ts";
import { h, place } from "../dom.ts";
import { HeatMap, type MapView } from "./heat-map.ts";
import type { Trials } from "./model.ts";

/** Held at no cell: the best over all its values. */
const BEST = -1;

/** Heat map of two parameters and the map of how each cell compares with those around it, with their choices. */
export class Maps {
  private job = 0;
  private figure: number;
  private x = 0;
  private y = 1;
  private held: number[] = [];
  private rows: Int32Array = new Int32Array(0);
  private best: Int32Array = new Int32Array(0);
  private readonly map: HeatMap;
  private readonly stability: HeatMap;
  private readonly legends = [
    h("div", { class: "legend" }),
    h("div", { class: "legend" }),
  ] as const;

  constructor(
    private readonly trials: Trials,
    private readonly select: (row: number) => void,
    private readonly figureChosen: (figure: number) => void,
  ) {
    this.figure = trials.objective;
    const choose = (cell: number) => {
      if (this.best[cell]! >= 0) this.select(this.best[cell]!);
    };
    this.map = new HeatMap("Value", "Bright is better. The frame is the best.", choose);
    this.stability = new HeatMap(
      "Stability",
      "Each cell beside the mean of the cells around it.",
      choose,
    );
    place("map").append(this.map.element, this.legends[0]);
    place("stability").append(this.stability.element, this.legends[1]);
  }

  show(job: number, rows: Int32Array): void {
    this.job = job;
    this.rows = rows;
    this.x = 0;
    this.y = 1;
    this.held = this.axes.map(() => BEST);
    this.choices();
    this.draw();
  }

  private get axes() {
    return this.trials.data.jobs[this.job]!.axes;
  }

  private choices(): void {
    const { trials, axes } = this;
    const names = axes.map(({ param }) => trials.paramName(param));
    const redo = (change: (place: number) => void) => (place: number) => {
      change(place);
      this.choices();
      this.draw();
    };
    const side = (label: string, own: "x" | "y", other: "x" | "y") =>
      choice(
        label,
        names,
        this[own],
        redo((k) => {
          if (this[other] === k) this[other] = this[own];
          this[own] = k;
        }),
      );
    const others = axes.flatMap(({ param, coarse }, k) =>
      k === this.x || k === this.y
        ? []
        : [
            choice(
              names[k]!,
              ["best of all", ...coarse.map((_, cell) => this.cellText(param, coarse, cell))],
              this.held[k]! + 1,
              redo((chosen) => {
                this.held[k] = chosen - 1;
              }),
            ),
          ],
    );
    const metric = choice(
      "Metric",
      trials.figures.map(({ title }) => title),
      this.figure,
      redo((k) => {
        this.figure = k;
        this.figureChosen(k);
      }),
    );
    const enough = axes.length >= 2;
    const controls = enough
      ? [metric, side("Across", "x", "y"), side("Up", "y", "x"), ...others]
      : [];
    place("controls").replaceChildren(
      h("div", { class: "controls" }, ...controls),
      ...(enough ? [] : [h("p", { class: "none" }, "A map needs two parameters that vary.")]),
    );
    for (const id of ["map", "stability"]) place(id).hidden = !enough;
  }

  private draw(): void {
    const { trials, axes } = this;
    if (axes.length < 2) return;
    const isFixed = this.held.some((cell, k) => cell !== BEST && k !== this.x && k !== this.y);
    const sideOf = (k: number) => {
      const axis = axes[k]!;
      return { cells: cellsFor(axis, isFixed), values: trials.params[axis.param]! };
    };
    const [x, y] = [sideOf(this.x), sideOf(this.y)];
    const fixed = this.held.flatMap((cell, k) =>
      cell === BEST || k === this.x || k === this.y ? [] : [{ ...sideOf(k), cell }],
    );
    this.best = surface({ x, y, fixed, rows: this.rows, score: trials.score });
    const figure = trials.figures[this.figure]!;
    const cells = Float64Array.from(this.best, (row) =>
      row < 0 ? Number.NaN : figure.values[row]!,
    );
    const [across, up] = [axes[this.x]!.param, axes[this.y]!.param];
    const columns = x.cells.length;
    const common = {
      columns,
      rows: y.cells.length,
      names: [trials.paramName(across), trials.paramName(up)] as const,
      xText: (cell: number) => trials.paramText(across, x.cells[cell]!),
      yText: (cell: number) => trials.paramText(up, y.cells[cell]!),
    };
    const about = (cell: number) =>
      `${common.names[0]} ${trials.paramText(across, this.valueOf(across, cell))}, ${common.names[1]} ${trials.paramText(up, this.valueOf(up, cell))}: ${figure.format(cells[cell]!)}`;
    this.drawValues(common, cells, about);
    this.drawStability(common, cells, about);
  }

  private valueOf(param: number, cell: number): number {
    return this.trials.params[param]![this.best[cell]!]!;
  }

  private drawValues(
    common: Omit<MapView, "paint" | "tell" | "framed">,
    cells: Float64Array,
    about: (cell: number) => string,
  ): void {
    const figure = this.trials.figures[this.figure]!;
    const scale = heatScale({ cells, direction: figure.direction });
    this.map.show({
      ...common,
      paint: (cell) => {
        if (this.best[cell]! < 0) return null;
        return Number.isNaN(cells[cell]!) ? "#8884" : viridis(scale.share(cells[cell]!));
      },
      tell: (cell) => `${about(cell)} (trial ${this.trials.trial[this.best[cell]!]})`,
      framed: scale.bestCell < 0 ? [] : [scale.bestCell],
    });
    this.legends[0].replaceChildren(
      figure.format(scale.worst),
      h("span", { class: "viridis" }),
      figure.format(scale.best),
    );
  }

  /** The difference to the neighbours' mean, in units of the width of the scale of values. */
  private drawStability(
    common: Omit<MapView, "paint" | "tell" | "framed">,
    cells: Float64Array,
    about: (cell: number) => string,
  ): void {
    const figure = this.trials.figures[this.figure]!;
    const around = neighbourMeans(cells, common.columns);
    const scale = heatScale({ cells, direction: figure.direction });
    const width = Math.abs(scale.best - scale.worst) || 1;
    const sign = figure.direction === "max" ? 1 : -1;
    const better = (cell: number) => (sign * (cells[cell]! - around[cell]!)) / width;
    this.stability.show({
      ...common,
      paint: (cell) => {
        if (this.best[cell]! < 0) return null;
        const share = better(cell);
        if (Number.isNaN(share)) return "#8884";
        const strength = Math.min(1, Math.abs(share) * 2).toFixed(3);
        return share > 0 ? `rgba(217,95,2,${strength})` : `rgba(69,117,180,${strength})`;
      },
      tell: (cell) =>
        Number.isNaN(around[cell]!)
          ? `${about(cell)}, nothing around it`
          : `${about(cell)}, around it ${figure.format(around[cell]!)}`,
      framed: scale.bestCell < 0 ? [] : [scale.bestCell],
    });
    this.legends[1].replaceChildren(
      "worse than around",
      h("span", { class: "needles" }),
      "better: a needle",
    );
  }

  private cellText(param: number, cells: readonly number[], cell: number): string {
    const { trials } = this;
    const values = new Set<number>();
    for (const row of this.rows) {
      const value = trials.params[param]![row]!;
      if (cellOf(cells, value) === cell) values.add(value);
    }
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (values.size <= 1 || low === high) return trials.paramText(param, cells[cell]!);
    return `${trials.paramText(param, low)} to ${trials.paramText(param, high)}`;
  }
}
