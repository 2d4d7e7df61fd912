import { fail } from "../diagnostics/index.ts";
import { blockReturns } from "../report/validation/block-returns.ts";
import {
  type RunValidation,
  type ValidationOptions,
  validateRun,
} from "../report/validation/validate-run.ts";
import { Random, shuffle, varianceOfTrials } from "../stats/validation/index.ts";
import { type Objective, objectiveColumns, readObjective } from "../sweep/online/objective.ts";
import { type ReadRow, type ResultCells, readResultRow } from "../sweep/read-results.ts";
import { textColumns } from "../sweep/report/read-trials.ts";
import { type CompileText, type Rerun, Reruns } from "../sweep/rerun.ts";
import { type ResultTable, resultTable } from "../sweep/result-table.ts";
import { columnOf } from "../sweep/rows/columns.ts";
import type { Metadata } from "../sweep/rows/metadata.ts";
import { RUNGS } from "../sweep/run/stages.ts";

export interface SweepValidationOptions
  extends Omit<ValidationOptions, "trialsVariance" | "selection"> {
  /** How many trials to run again for their returns; by the work of a run unless given, from 50 to 500. */
  readonly sample?: number;
  readonly compileText: CompileText;
  readonly onProgress?: (done: number, of: number) => void;
}

/** The best trial of a sweep, and what can be said for and against it. */
export interface SweepValidation {
  readonly best: {
    readonly trial: number;
    readonly strategy: string;
    readonly params: Readonly<Record<string, number | string | null>>;
    readonly objective: { readonly text: string; readonly value: number };
  };
  readonly rerun: Rerun;
  readonly found: RunValidation;
}

/** Blocks of bars whose returns are compared. */
const BLOCKS = 1000;
/** Bars times trials that are run again unless told otherwise: some seconds. */
const WORK = 1e8;
const SCRIPT_WORK = 5e6;
const FEWEST = 50;
const MOST = 500;
/** More trials than this have no map of neighbours. */
const MOST_MAPPED = 200_000;

/**
 * The verdict on the best trial of a file of results.
 *
 *     rows → best → its trials (same bars) → variance, sample run again → tests → verdict
 *
 * Throws a SwymcError where the file is none of results, no trial has an objective, or the bars have changed.
 */
export async function validateSweep(
  path: string,
  options: SweepValidationOptions,
): Promise<SweepValidation> {
  const { metadata }: ReadRow = await readResultRow(path, 1);
  const { manifest } = metadata;
  const objective = readObjective(manifest.objective);
  const table = resultTable(path, textColumns(metadata));
  const { trial, value } = await bestTrial(path, table, objective, manifest.search);
  const [cells] = await table.rows([trial]);
  const reruns = new Reruns(path, manifest, options.compileText);
  const best = await reruns.run(cells!);
  const peers = await peersOf(table, cells!, metadata, objective);
  const tried = Math.max(options.trials ?? 0, await triedOf(table, metadata));
  const { cash, equity, close, firstBar, barsPerYear } = best.run;
  const drawn = drawTrials(peers.trial, peers.traded, sampleSize(best, manifest, options), options);
  const returns: Float64Array[] = [];
  for (const row of await table.rows(drawn)) {
    const { run } = await reruns.run(row);
    returns.push(blockReturns(run.equity, run.cash, BLOCKS));
    options.onProgress?.(returns.length, drawn.length);
  }
  const held = close.subarray(firstBar);
  const { sample: _, compileText: _c, onProgress: _p, ...validation } = options;
  const found = validateRun(best.run, {
    ...validation,
    trials: tried,
    trialsVariance: varianceOf(peers.sharpe, barsPerYear, manifest.search),
    selection: {
      trials: peers.traded,
      drawn: returns,
      best: blockReturns(equity, cash, BLOCKS),
      hold: blockReturns(held, held[0] ?? Number.NaN, BLOCKS),
      surface: peers.surface,
    },
  });
  return {
    best: {
      trial,
      strategy: best.strategy,
      params: paramCells(metadata, best.strategy, cells!),
      objective: { text: objective.text, value },
    },
    rerun: best,
    found,
  };
}

async function bestTrial(
  path: string,
  table: ResultTable,
  objective: Objective,
  search: string,
): Promise<{ trial: number; value: number }> {
  const own = objectiveColumns(objective);
  const like = search === "halving" ? [RUNGS] : [];
  const [trials, ...rest] = await table.numbers(["trial", ...own.names, ...like.map(() => "rung")]);
  let best = -1;
  let score = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < trials!.length; k++) {
    if (like.length > 0 && rest.at(-1)![k] !== RUNGS) continue;
    const found = own.score(rest, k);
    if (found > score) [best, score] = [k, found];
  }
  if (best < 0) fail("validate_no_trial", { path, objective: objective.text });
  return { trial: trials![best]!, value: own.value(rest, best) };
}

/** Trials that were tried: rows, but of a halving the candidates of its first rung. */
async function triedOf(table: ResultTable, { manifest, trials }: Metadata): Promise<number> {
  if (manifest.search !== "halving") return trials;
  const [rungs] = await table.numbers(["rung"]);
  return rungs!.reduce((sum, rung) => sum + (rung === 1 ? 1 : 0), 0);
}

interface Peers {
  /** Those that traded, ascending. */
  readonly trial: Float64Array;
  readonly traded: number;
  readonly sharpe: Float64Array;
  readonly surface: { params: Record<string, Float64Array>; objective: Float64Array } | null;
}

/** The trials of the same strategy on the same bars. */
async function peersOf(
  table: ResultTable,
  cells: ResultCells,
  metadata: Metadata,
  objective: Objective,
): Promise<Peers> {
  const { manifest } = metadata;
  const places = ["strategy", "source", "symbol", "interval", "window"];
  if (manifest.search === "halving") places.push("rung");
  const like = Object.fromEntries(places.map((name) => [name, cells[name] ?? null]));
  const own = objectiveColumns(objective);
  const strategy = strategyOf(metadata, String(cells["strategy"]));
  const params = Object.keys(strategy?.axes ?? {});
  const columns = ["trial", "sharpe", ...params.map(columnOf), ...own.names];
  const [trials, sharpe, ...rest] = await table.numbers(columns, like);
  const values = rest.slice(params.length);
  const traded = trials!.filter((_, k) => !Number.isNaN(sharpe![k]!));
  const mapped = manifest.search !== "halving" && trials!.length <= MOST_MAPPED;
  return {
    trial: traded,
    traded: traded.length,
    sharpe: sharpe!,
    surface: mapped
      ? {
          params: Object.fromEntries(params.map((name, k) => [name, rest[k]!])),
          objective: trials!.map((_, k) => own.score(values, k)),
        }
      : null,
  };
}

function strategyOf({ manifest }: Metadata, name: string) {
  return manifest.strategies.find((one) => one.name === name) ?? manifest.strategies[0];
}

function paramCells(metadata: Metadata, strategy: string, cells: ResultCells) {
  const { axes = {}, params = [] } = strategyOf(metadata, strategy) ?? {};
  const value = (name: string) => {
    const cell = cells[columnOf(name)] ?? null;
    const labels = params.find((param) => param.name === name)?.labels ?? null;
    return cell === null || labels !== null ? cell : Number(cell);
  };
  return Object.fromEntries(Object.keys(axes).map((name) => [name, value(name)]));
}

/** Per bar. The last rung of a halving holds survivors, whose variance says nothing about all: null. */
function varianceOf(sharpe: Float64Array, barsPerYear: number, search: string): number | null {
  if (search === "halving") return null;
  const annual = varianceOfTrials(sharpe);
  return annual === null ? null : annual / barsPerYear;
}

function sampleSize(
  { run }: Rerun,
  { strategies }: Metadata["manifest"],
  { sample }: SweepValidationOptions,
): number {
  const work = strategies.some(({ language }) => language === "text") ? SCRIPT_WORK : WORK;
  return sample ?? Math.max(FEWEST, Math.min(MOST, Math.floor(work / run.time.length)));
}

/**
 * Trials to run again: all, or some drawn at random. The best is not put among them: it is the best on both halves of every
 * split by its choice, which would hide that others are not.
 */
function drawTrials(
  trials: Float64Array,
  traded: number,
  size: number,
  { seed = 1 }: SweepValidationOptions,
): number[] {
  const order = Float64Array.from(trials);
  if (traded > size) shuffle(order, new Random(seed));
  return Array.from(order.subarray(0, size)).sort((a, b) => a - b);
}
