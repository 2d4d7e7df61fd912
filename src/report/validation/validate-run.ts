import {
  type AnalysedRun,
  barReturns,
  closedTrades,
  returnsByPeriod,
} from "../../stats/analysis/index.ts";
import {
  type Bootstrap,
  binomialTest,
  bootstrap,
  type DeflatedSharpe,
  deflatedSharpe,
  type Interval,
  type Kelly,
  kellyFromTrades,
  minimumTrackRecord,
  normalSharpeVariance,
  type PermutationTest,
  probabilisticSharpe,
  type Reshuffle,
  type RuinTable,
  reshuffleTrades,
  ruinTable,
  type SharpeEstimate,
  sharpeEstimate,
  signTest,
  wilsonInterval,
} from "../../stats/validation/index.ts";
import {
  deflatedByCorrelation,
  type Selection,
  type SelectionInput,
  selectionOf,
} from "./selection.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** Returns × resamples that are drawn unless a number of resamples is given: a few tenths of a second. */
const WORK = 2e7;
/** The same for trades, of which each step takes longer. */
const TRADE_WORK = 1e7;
const MOST_RESAMPLES = 10_000;
const FEWEST_RESAMPLES = 200;
/** Fewer days than this are resampled by bars. */
const FEWEST_DAYS = 100;

export interface ValidationOptions {
  /** How many strategies and parameter sets were tried before this one was chosen, it included; 1. */
  readonly trials?: number;
  /** Variance of the trials' Sharpe ratios per bar; that of normal returns where it is not known. */
  readonly trialsVariance?: number | null;
  readonly resamples?: number;
  readonly seed?: number;
  readonly confidence?: number;
  /** The trials of a sweep that the run is the best of. */
  readonly selection?: SelectionInput;
}

/** What can be said for and against a run. Null where its numbers do not allow to say it. */
export interface RunValidation {
  readonly verdict: Verdict;
  readonly bars: number;
  readonly closed_trades: number;
  readonly trials: number;
  readonly confidence: number;
  readonly seed: number;
  readonly sharpe: SharpeEstimate | null;
  /** Probability that the true Sharpe ratio is above 0, had there been one trial. */
  readonly probabilistic_sharpe: number | null;
  readonly deflated_sharpe: DeflatedSharpe | null;
  /** The same, had only as many trials been tried as were independent of each other; null where that is not known. */
  readonly deflated_sharpe_independent: DeflatedSharpe | null;
  /** Bars until the Sharpe ratio is above 0 with this confidence. */
  readonly minimum_track_record: number | null;
  /** What bootstrap and sign test draw: days where bars are shorter, since bars of a day depend on each other. */
  readonly resampled: "bars" | "days";
  readonly bootstrap: Bootstrap | null;
  /** Probability of a return at least as high if each one drawn had been as likely to be its opposite. */
  readonly sign_test: number | null;
  /** What return, Sharpe ratio and drawdown are by chance, each return as likely as its opposite. */
  readonly chance: PermutationTest | null;
  readonly win_rate: (Interval & { readonly wins: number; readonly p_value: number }) | null;
  readonly reshuffle: Reshuffle | null;
  readonly kelly: Kelly | null;
  /** Of ever falling to a share of equity, by what the average lost trade costs; null without trades won and lost. */
  readonly ruin: RuinTable | null;
  /** Null unless the run was chosen from trials that are known. */
  readonly selection: Selection | null;
}

/**
 * @param run its equity has one value per bar
 * @param returns those of the equity, where they are known
 */
export function validateRun(
  run: AnalysedRun,
  options: ValidationOptions = {},
  returns: Float64Array = barReturns(run.equity, run.cash),
): RunValidation {
  const { trials = 1, confidence = 0.95, seed = 1 } = options;
  const n = run.equity.length;
  const drawn = resampledReturns(run, returns);
  const resamples = options.resamples ?? resamplesFor(drawn.returns.length, WORK);
  const drawing = { resamples, seed, confidence };
  const sharpe = sharpeEstimate(returns, run.riskFreeReturn / run.barsPerYear);
  const results = closedTrades(run.trades).pnl;
  const wins = results.filter((pnl) => pnl > 0).length;
  const interval = wilsonInterval(wins, results.length, confidence);
  const variance =
    options.trialsVariance ?? (sharpe && normalSharpeVariance(sharpe.sharpe, sharpe.count));
  const ofTrades = Math.min(
    resamples,
    options.resamples ?? resamplesFor(results.length, TRADE_WORK),
  );
  const kelly = kellyFromTrades(results, { ...drawing, resamples: Math.min(ofTrades, 1000) });
  const chance = sharpe && signTest(drawn.returns, { ...drawing, ...drawn.annual });
  const selection = options.selection ? selectionOf(options.selection, drawing) : null;
  const correlation = selection?.correlation ?? null;
  const found = {
    bars: n,
    closed_trades: results.length,
    trials,
    confidence,
    seed,
    sharpe,
    probabilistic_sharpe: sharpe && probabilisticSharpe(sharpe),
    deflated_sharpe: sharpe && deflatedSharpe(sharpe, trials, variance!),
    deflated_sharpe_independent:
      sharpe && correlation !== null
        ? deflatedByCorrelation(sharpe, { trials, variance: variance!, correlation })
        : null,
    minimum_track_record: sharpe && minimumTrackRecord(sharpe, 0, confidence),
    resampled: drawn.unit,
    bootstrap: sharpe && bootstrap(drawn.returns, { ...drawing, ...drawn.annual }),
    sign_test: chance?.p_values.total_return ?? null,
    chance,
    win_rate: interval && { ...interval, wins, p_value: binomialTest(wins, results.length) },
    reshuffle: reshuffleTrades(results, {
      ...drawing,
      cash: run.cash,
      resamples: Math.min(ofTrades, 2000),
    }),
    kelly,
    ruin: kelly && ruinOf(results, kelly.stake),
    selection,
  };
  return { verdict: verdictOf(found), ...found };
}

/** Stakes of the table beside a quarter of Kelly's, and shares of equity that may be left. */
const STAKES = [0.01, 0.02, 0.05];
const LEVELS = [0.9, 0.75, 0.5, 0.25];

function ruinOf(results: Float64Array, stake: number): RuinTable {
  const lost = results.filter((pnl) => pnl < 0);
  const average = -lost.reduce((sum, pnl) => sum + pnl, 0) / lost.length;
  const stakes = [...STAKES, ...(stake > 0 && !STAKES.includes(stake) ? [stake] : [])];
  return ruinTable(
    results.map((pnl) => pnl / average),
    stakes.sort((a, b) => a - b),
    LEVELS,
  );
}

function resampledReturns(run: AnalysedRun, bars: Float64Array) {
  const { equity, cash, time, firstBar, barsPerYear, riskFreeReturn } = run;
  const days = returnsByPeriod(equity, cash, time.subarray(firstBar), "day");
  if (days.length < FEWEST_DAYS || days.length === bars.length) {
    return { unit: "bars" as const, returns: bars, annual: { barsPerYear, riskFreeReturn } };
  }
  const perYear = (barsPerYear * days.length) / bars.length;
  return { unit: "days" as const, returns: days, annual: { barsPerYear: perYear, riskFreeReturn } };
}

function resamplesFor(values: number, work: number): number {
  const most = Math.floor(work / Math.max(1, values));
  return Math.max(FEWEST_RESAMPLES, Math.min(MOST_RESAMPLES, most));
}
