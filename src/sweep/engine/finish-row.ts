import {
  RUINED,
  T_BARS_HELD,
  T_BEST,
  T_CASH,
  T_CLOSED,
  T_COMMISSION,
  T_DEPTH,
  T_FLAGS,
  T_HELD_BARS,
  T_LONGEST,
  T_LOSSES,
  T_PEAK,
  T_PEAK_BAR,
  T_SCALE,
  T_SUMS,
  T_TRADED,
  T_TRADES,
  T_TROUGH,
  T_UNITS,
  T_WINS,
  T_WORST,
} from "../../vector/wasm/layout.ts";
import { asksFew, asksLongest, OF_MORE_SUMS } from "./asked-sums.ts";
import type { SweepSetting } from "./engine.ts";
import { SWEEP_METRICS, type SweepMetric } from "./sweep-metrics.ts";

const AT = Object.fromEntries(SWEEP_METRICS.map((name, k) => [name, k])) as Record<
  SweepMetric,
  number
>;

const MORE = SWEEP_METRICS.flatMap((name, k) => (OF_MORE_SUMS.has(name) ? [k] : []));

/** Turns the records of trials into rows of metrics: `metricsOf` without an object per trial. */
export class RowWriter {
  readonly #cash: number;
  readonly #bars: number;
  readonly #last: number;
  readonly #end: number;
  readonly #year: number;
  readonly #rf: number;
  readonly #hold: number;
  /** Places of metrics whose sums were left out. */
  readonly #unknown: readonly number[];
  readonly #hasLongest: boolean;

  constructor(setting: SweepSetting) {
    const { bars, settings, annual } = setting;
    this.#unknown = asksFew(setting) ? MORE : [];
    this.#hasLongest = asksLongest(setting);
    const { close } = bars;
    this.#cash = settings.cash;
    this.#bars = close.length - settings.start;
    this.#last = close[close.length - 1]!;
    this.#end = close.length;
    this.#year = annual.barsPerYear;
    this.#rf = annual.riskFreeReturn / annual.barsPerYear;
    this.#hold = this.#last / close[settings.start]! - 1;
  }

  /**
   * @param trial address of the record in both views of the pack's memory
   * @param at first place of the row
   */
  write(
    ints: Int32Array,
    floats: Float64Array,
    trial: number,
    out: Float64Array,
    at: number,
  ): void {
    const int = trial >>> 2;
    const float = trial >>> 3;
    const units = floats[float + (T_UNITS >>> 3)]!;
    const money = floats[float + (T_CASH >>> 3)]!;
    const scale = floats[float + (T_SCALE >>> 3)]!;
    const final = units === 0 ? money : money + (units / scale) * this.#last;
    const depth = this.#depth(ints, floats, int, float);
    out[at + AT.final_equity] = finite(final);
    out[at + AT.total_return] = finite(final / this.#cash - 1);
    out[at + AT.max_drawdown] = finite(depth);
    out[at + AT.max_drawdown_bars] = this.#hasLongest ? this.#longest(ints, int) : Number.NaN;
    out[at + AT.exposure] = ints[int + (T_HELD_BARS >>> 2)]! / this.#bars;
    const ruined = (ints[int + (T_FLAGS >>> 2)]! & RUINED) !== 0;
    this.#ratios(floats, float + (T_SUMS >>> 3), ruined, final, depth, out, at);
    const open = units === 0 ? 0 : 1;
    const closed = ints[int + (T_CLOSED >>> 2)]!;
    out[at + AT.trades] = closed + open;
    out[at + AT.closed_trades] = closed;
    out[at + AT.open_trades] = open;
    // Without a closed trade this is 0 / 0.
    out[at + AT.average_bars_held] = floats[float + (T_BARS_HELD >>> 3)]! / closed;
    out[at + AT.buy_and_hold_return] = finite(this.#hold);
    if (this.#unknown.length === 0) this.#trades(ints, floats, int, float, closed, out, at);
    else for (const place of this.#unknown) out[at + place] = Number.NaN;
  }

  #depth(ints: Int32Array, floats: Float64Array, int: number, float: number): number {
    const depth = floats[float + (T_DEPTH >>> 3)]!;
    const below = this.#end - 1 - ints[int + (T_PEAK_BAR >>> 2)]!;
    if (below === 0) return depth;
    const trough = floats[float + (T_TROUGH >>> 3)]!;
    return Math.max(depth, 1 - trough / floats[float + (T_PEAK >>> 3)]!);
  }

  #longest(ints: Int32Array, int: number): number {
    const below = this.#end - 1 - ints[int + (T_PEAK_BAR >>> 2)]!;
    return Math.max(ints[int + (T_LONGEST >>> 2)]!, below);
  }

  #ratios(
    floats: Float64Array,
    sums: number,
    ruined: boolean,
    final: number,
    depth: number,
    out: Float64Array,
    at: number,
  ): void {
    const year = this.#year;
    const n = this.#bars;
    const excess = (floats[sums]! + floats[sums + 5]!) / n;
    const gains = floats[sums + 1]! + floats[sums + 6]!;
    const losses = floats[sums + 2]! + floats[sums + 7]!;
    const squares = floats[sums + 3]! + floats[sums + 8]!;
    const downside = floats[sums + 4]! + floats[sums + 9]!;
    const mean = excess + this.#rf;
    const variance = (squares - n * mean * mean) / (n - 1);
    const deviation = ruined || n < 2 ? Number.NaN : Math.sqrt(Math.max(0, variance));
    const cagr = ruined ? Number.NaN : Math.expm1((year / n) * Math.log(final / this.#cash));
    out[at + AT.cagr] = finite(cagr);
    out[at + AT.volatility] = finite(deviation * Math.sqrt(year));
    out[at + AT.sharpe] =
      deviation > 0 ? finite((excess / deviation) * Math.sqrt(year)) : Number.NaN;
    out[at + AT.sortino] =
      !ruined && downside > 0
        ? finite((excess * year) / (Math.sqrt(downside / n) * Math.sqrt(year)))
        : Number.NaN;
    out[at + AT.calmar] = !ruined && depth > 0 ? finite(cagr / depth) : Number.NaN;
    out[at + AT.omega] = !ruined && losses > 0 ? finite(gains / losses) : Number.NaN;
  }

  #trades(
    ints: Int32Array,
    floats: Float64Array,
    int: number,
    float: number,
    closed: number,
    out: Float64Array,
    at: number,
  ): void {
    const wins = ints[int + (T_WINS >>> 2)]!;
    const losses = ints[int + (T_LOSSES >>> 2)]!;
    const sums = float + (T_TRADES >>> 3);
    const won = floats[sums]! + floats[sums + 6]!;
    const lost = floats[sums + 1]! + floats[sums + 7]!;
    const pnl = floats[sums + 2]! + floats[sums + 8]!;
    const returns = floats[sums + 3]! + floats[sums + 9]!;
    const off = floats[sums + 4]! + floats[sums + 10]!;
    const squares = floats[sums + 5]! + floats[sums + 11]!;
    const varied = Math.max(0, squares - (off * off) / closed);
    // Without a closed trade these are 0 / 0.
    out[at + AT.win_rate] = wins / closed;
    out[at + AT.profit_factor] = losses > 0 ? finite(won / lost) : Number.NaN;
    out[at + AT.expectancy] = finite(pnl / closed);
    out[at + AT.average_trade] = finite(returns / closed);
    out[at + AT.best_trade] = finite(floats[float + (T_BEST >>> 3)]!);
    out[at + AT.worst_trade] = finite(floats[float + (T_WORST >>> 3)]!);
    out[at + AT.payoff] =
      wins > 0 && losses > 0 ? finite(won / wins / (lost / losses)) : Number.NaN;
    out[at + AT.sqn] =
      closed > 1 && varied !== 0
        ? finite((Math.sqrt(closed) * (pnl / closed)) / Math.sqrt(varied / (closed - 1)))
        : Number.NaN;
    out[at + AT.commission] = finite(floats[float + (T_COMMISSION >>> 3)]!);
    out[at + AT.turnover] = finite(floats[float + (T_TRADED >>> 3)]! / this.#cash);
  }
}

function finite(value: number): number {
  return value - value === 0 ? value : Number.NaN;
}
