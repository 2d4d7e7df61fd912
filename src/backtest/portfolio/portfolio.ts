import type { Bars } from "../../vector/columns.ts";
import type { RunSettings, Signals } from "../orders.ts";
import type { Realism, Simulation } from "../simulation.ts";

/** One symbol of a portfolio. */
export interface Member {
  readonly bars: Bars;
  readonly signals: Signals;
  /** First bar on which its rules act; earlier ones only warm the indicators up. */
  readonly start: number;
}

/** Settings of a run over several symbols, the same for all. */
export interface PortfolioSettings extends Omit<RunSettings, "start"> {
  /** The moment at which a bar that opened at a time is known. */
  readonly closeOf: (open: number) => number;
}

/** What one symbol did. Bars count in its own. */
export type MemberRun = Pick<
  Simulation,
  "start" | "trades" | "position" | "fills" | "commission" | "traded" | "rejections" | "pending"
> & {
  /** Rows of the portfolio with a position in it. */
  readonly rowsInPosition: number;
};

/** What the account did over the bars of all symbols: one row per time on which any symbol acts. */
export interface PortfolioSimulation {
  /** Of the rows; of a single symbol with its warm-up. */
  readonly time: Float64Array;
  /** Row that `equity[0]` belongs to. */
  readonly start: number;
  /** Cash + every signed quantity × the symbol's last known close, per row from `start` on. */
  readonly equity: Float64Array;
  readonly cash: number;
  readonly commission: number;
  readonly traded: number;
  /** Rows with any position. */
  readonly rowsInPosition: number;
  /** As of a {@link Simulation}, of a single symbol; empty where there are several. */
  readonly invested: Int32Array;
  /** Absent where execution was plain. */
  readonly realism?: Realism;
  /** In the order in which the symbols were given. */
  readonly members: readonly MemberRun[];
}
