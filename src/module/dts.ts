import { METRICS } from "../stats/metric-table.ts";

/** What both kinds of modules take. */
export const COLUMN_TYPES = `/** Aligned columns of one length; time is the open of each bar in epoch ms UTC, increasing; na is NaN. */
export interface Columns {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** An Arrow table with these columns, as the package apache-arrow makes it. */
export interface ArrowTable {
  getChild(name: string): {
    readonly length: number;
    readonly nullCount: number;
    toArray(): ArrayLike<number | bigint>;
    get(index: number): unknown;
  } | null;
}
`;

/** The declaration file of every module of rules. */
export function moduleTypes(): string {
  return `${COLUMN_TYPES}
export interface Param {
  readonly name: string;
  readonly default: number;
  readonly integer: boolean;
  readonly min: number | null;
  readonly max: number | null;
  readonly exclusiveMin: boolean;
  readonly step: number | null;
  readonly title: string | null;
}

/** Fractions, not percent. */
export interface RunOptions {
  readonly cash?: number;
  readonly commission?: number;
  readonly slippage?: number;
  readonly fill?: "next_open" | "close";
  readonly delay?: number;
  readonly latencyMs?: number;
  /** Costs and limits; what is left out is off. */
  readonly execution?: {
    readonly commissionPerUnit?: number;
    readonly commissionPerOrder?: number;
    readonly makerCommission?: number | null;
    readonly commissionTiers?: readonly { volume: number; maker: number; taker: number }[] | null;
    readonly spread?: number;
    readonly slippageTicks?: number;
    readonly impact?: {
      model: "square_root" | "square_root_volatility";
      coefficient: number;
      volume: "24h" | "session";
    } | null;
    readonly liquidity?: { share: number; excess: "reject" | "partial" } | null;
    readonly funding?: { rate: number; hours: number } | null;
    readonly borrow?: number;
    readonly tick?: number | null;
    readonly lot?: string | null;
    readonly leverage?: number | null;
    readonly maintenanceMargin?: number | null;
    readonly bothHit?: "tv_path" | "stop_first" | "target_first";
    readonly closeAtEnd?: boolean;
  };
  readonly start?: number;
  readonly params?: Readonly<Record<string, number>>;
  readonly riskFreeReturn?: number;
  readonly calendar?: number;
  /** Length of a bar in ms; the most common step where not given. */
  readonly stepMs?: number;
}

${resultTypes()}
/** Where one rule fires, by the position it would meet: 1 or 0 per bar. */
export interface RuleSignals {
  readonly side: "buy" | "sell";
  readonly flat: Uint8Array;
  readonly long: Uint8Array;
  readonly short: Uint8Array;
}

/** UUID of the signal logic with default parameters. */
export declare const strategyId: string;
/** Bars before every condition can be known, with default parameters. */
export declare const warmup: number;
export declare const params: readonly Param[];
export declare function signals(
  columns: Columns | ArrowTable,
  params?: Readonly<Record<string, number>>,
): RuleSignals[];
export declare function run(columns: Columns | ArrowTable, options?: RunOptions): Run;
`;
}

/** What both kinds of modules give. */
export function resultTypes(): string {
  const metrics = METRICS.map((m) => `  readonly ${m.name}: number | null;`).join("\n");
  return `/** Times are ISO 8601 UTC; exit fields are null while the trade is open. */
export interface Trade {
  readonly side: "long" | "short";
  readonly quantity: number;
  readonly entry_signal_time: string;
  readonly entry_time: string;
  readonly entry_price: number;
  readonly exit_signal_time: string | null;
  readonly exit_time: string | null;
  readonly exit_price: number | null;
  readonly exit_reason: string | null;
  readonly bars_held: number;
  readonly pnl_gross: number;
  readonly commission: number;
  readonly pnl: number;
  readonly status: "closed" | "open";
}

export interface Metrics {
${metrics}
}

export interface Run {
  readonly trades: readonly Trade[];
  readonly metrics: Metrics;
  /** Why a metric is null, by its name. */
  readonly metrics_null: Readonly<Record<string, string>>;
  /** Equity at the close of every bar from \`start\` on. */
  readonly equity: Float64Array;
  readonly rejections: number;
  readonly pending: number;
}
`;
}
