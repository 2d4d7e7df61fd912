/** A sweep as parameter stability reads it. */
export interface SweepSurface {
  /** One column per parameter, one value per trial. */
  readonly params: Readonly<Record<string, Float64Array>>;
  /** What was optimised, greater is better; na where it is undefined. */
  readonly objective: Float64Array;
}

/** The trials about one. */
export interface Neighbourhood {
  readonly trial: number;
  readonly objective: number;
  /** Neighbours with a defined objective. */
  readonly neighbours: number;
  /** Of the neighbours, the trial itself not among them; null without any. */
  readonly mean: number | null;
  readonly worst: number | null;
  readonly best: number | null;
  /** Share of neighbours with an objective above 0. */
  readonly positive: number | null;
  /** mean / objective: 1 on a plateau, near 0 or below on a needle; null unless the objective is above 0. */
  readonly retained: number | null;
}

export interface ParameterStep {
  readonly param: string;
  readonly value: number;
  /** Objective with this parameter one value lower and higher and all others kept; null where there is no such trial. */
  readonly lower: number | null;
  readonly higher: number | null;
}

export interface Stability {
  /** About the trial with the greatest objective, every parameter at most one value away. */
  readonly best: Neighbourhood;
  /** The same about the trial whose mean with its neighbours one value away on one axis is greatest. */
  readonly plateau: Neighbourhood;
  readonly steps: readonly ParameterStep[];
  /** Rank correlation of a trial's objective with the mean of its axis neighbours; null where it does not vary. */
  readonly smoothness: number | null;
}

/**
 * How results move around the best point of a sweep: a result worth having stands on a plateau
 * (Pardo, The Evaluation and Optimization of Trading Strategies, 2008, chapter 11; smoothness after Spearman, The Proof and
 * Measurement of Association between Two Things, 1904). Distance counts in distinct values of a parameter.
 * @returns null without a trial whose objective is defined
 * @throws RangeError where the columns differ in length
 */
export function parameterStability(surface: SweepSurface): Stability | null {
  const { objective } = surface;
  const axes = Object.entries(surface.params);
  if (axes.some(([, values]) => values.length !== objective.length)) {
    throw new RangeError("parameters and objective differ in length");
  }
  const best = indexOfMax(objective);
  if (best < 0) return null;
  const grid = new Grid(
    axes.map(([, values]) => values),
    objective,
  );
  const around = objective.map((_, trial) => grid.axisMean(trial));
  const plateau = indexOfMax(
    objective.map((own, trial) => {
      const count = grid.axisNeighbours(trial).length;
      return count === 0 ? Number.NaN : (own + around[trial] * count) / (count + 1);
    }),
  );
  return {
    best: neighbourhood(grid, objective, best),
    plateau: neighbourhood(grid, objective, plateau < 0 ? best : plateau),
    steps: axes.map(([param, values], axis) => ({
      param,
      value: values[best],
      lower: grid.at(best, axis, -1),
      higher: grid.at(best, axis, 1),
    })),
    smoothness: rankCorrelation(objective, around),
  };
}

function indexOfMax(values: Float64Array): number {
  return values.reduce(
    (best, value, i) => (Number.isNaN(value) || value <= values[best] ? best : i),
    -1,
  );
}

function neighbourhood(grid: Grid, objective: Float64Array, trial: number): Neighbourhood {
  const values = grid.box(trial).map((other) => objective[other]);
  const own = objective[trial];
  const of = (value: () => number) => (values.length === 0 ? null : value());
  const mean = of(() => values.reduce((a, b) => a + b, 0) / values.length);
  return {
    trial,
    objective: own,
    neighbours: values.length,
    mean,
    worst: of(() => values.reduce((a, b) => Math.min(a, b))),
    best: of(() => values.reduce((a, b) => Math.max(a, b))),
    positive: of(() => values.filter((value) => value > 0).length / values.length),
    retained: mean !== null && own > 0 ? mean / own : null,
  };
}

/** Trials by the ranks of their values on each axis. */
class Grid {
  private readonly ranks: readonly Int32Array[];
  private readonly byPlace = new Map<string, number>();

  constructor(
    axes: readonly Float64Array[],
    private readonly objective: Float64Array,
  ) {
    this.ranks = axes.map(ranksOf);
    for (let trial = 0; trial < objective.length; trial++) {
      if (!Number.isNaN(objective[trial])) this.byPlace.set(this.place(trial), trial);
    }
  }

  /** Objective some ranks away on one axis. */
  at(trial: number, axis: number, by: number): number | null {
    const found = this.byPlace.get(this.place(trial, axis, by));
    return found === undefined ? null : this.objective[found];
  }

  /** Objectives of the trials one rank away on one axis. */
  axisNeighbours(trial: number): number[] {
    return this.ranks
      .flatMap((_, axis) => [this.at(trial, axis, -1), this.at(trial, axis, 1)])
      .filter((value) => value !== null);
  }

  axisMean(trial: number): number {
    const values = this.axisNeighbours(trial);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  /** Trials at most one rank away on every axis. */
  box(trial: number): number[] {
    return [...this.byPlace.values()].filter(
      (other) =>
        other !== trial && this.ranks.every((rank) => Math.abs(rank[other] - rank[trial]) <= 1),
    );
  }

  private place(trial: number, axis = -1, by = 0): string {
    return this.ranks.map((rank, k) => rank[trial] + (k === axis ? by : 0)).join();
  }
}

/** Which of the distinct values, ascending, each value is. */
function ranksOf(values: Float64Array): Int32Array {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const rank = new Map(distinct.map((value, k) => [value, k]));
  return Int32Array.from(values, (value) => rank.get(value)!);
}

/** Spearman's, over the pairs that are both defined; ties share their ranks. */
function rankCorrelation(x: Float64Array, y: Float64Array): number | null {
  const both = [...x.keys()].filter((i) => !Number.isNaN(x[i] + y[i]));
  if (both.length < 3) return null;
  const [a, b] = [x, y].map((values) => sharedRanks(both.map((i) => values[i])));
  const mean = (both.length - 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - mean) * (b[i] - mean);
    aa += (a[i] - mean) ** 2;
    bb += (b[i] - mean) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

function sharedRanks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}
