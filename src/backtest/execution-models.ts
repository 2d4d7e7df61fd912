/** Execution beyond a flat commission, a slippage and whole bars of delay. Fractions, not percent. */
export interface ExecutionModels {
  /** Money per unit of the asset, beside the commission by value. */
  readonly commissionPerUnit: number;
  /** Money per order, beside the commission by value; a reversal pays once, a partial fill as well. */
  readonly commissionPerOrder: number;
  /** Fraction of the value of limit fills and targets; null: as other fills. */
  readonly makerCommission: number | null;
  /** Rates by the value traded in the 30 days before a fill, in place of both commissions by value. */
  readonly commissionTiers: readonly CommissionTier[] | null;
  /** Distance between bid and ask as a fraction of their middle, which the bars' prices are taken for. */
  readonly spread: number;
  /** Adverse ticks on market and stop fills, beside the slippage. */
  readonly slippageTicks: number;
  readonly impact: ImpactModel | null;
  readonly liquidity: LiquidityModel | null;
  /** Asked for; what of it fills whole bars is in `delay`. */
  readonly latencyMs: number | null;
  readonly funding: FundingModel | null;
  /** Annual fraction on the value of a short position and on money below 0. */
  readonly borrow: number;
  /** Smallest step of the price: fills are rounded against the order, levels to the harder side. */
  readonly tick: number | null;
  /** Smallest step of the quantity, as a decimal: orders are rounded down. */
  readonly lot: string | null;
  /** Value of the position over equity that an order may reach; null: 1, without margin calls. */
  readonly leverage: number | null;
  /** Equity over the position's value below which all is closed; null: half of what leverage asks at entry. */
  readonly maintenanceMargin: number | null;
  readonly bothHit: BothHit;
  /** Closes what is open at the last close. */
  readonly closeAtEnd: boolean;
}

/** What a bar that reaches both a stop and a target reached first. */
export const BOTH_HIT = ["tv_path", "stop_first", "target_first"] as const;
export type BothHit = (typeof BOTH_HIT)[number];

export interface CommissionTier {
  /** Least value traded, in money; the first tier's is 0. */
  readonly volume: number;
  readonly maker: number;
  readonly taker: number;
}

export const IMPACT_MODELS = ["square_root", "square_root_volatility"] as const;

/**
 * `square_root`: coefficient · √(quantity / daily volume), a fraction of the price;
 * `square_root_volatility`: that times the daily volatility of the close.
 */
export interface ImpactModel {
  readonly model: (typeof IMPACT_MODELS)[number];
  readonly coefficient: number;
  /** The 24 hours before the bar, or the last session (UTC day with bars) before its own. */
  readonly volume: "24h" | "session";
}

export interface LiquidityModel {
  /** Of the bar's volume, for all orders that fill on it. */
  readonly share: number;
  /** What becomes of an order above it. */
  readonly excess: "reject" | "partial";
}

/** A perpetual future's: longs pay `rate` of the position's value to shorts, every so many hours from midnight UTC on. */
export interface FundingModel {
  readonly rate: number;
  readonly hours: number;
}

export const NO_MODELS: ExecutionModels = {
  commissionPerUnit: 0,
  commissionPerOrder: 0,
  makerCommission: null,
  commissionTiers: null,
  spread: 0,
  slippageTicks: 0,
  impact: null,
  liquidity: null,
  latencyMs: null,
  funding: null,
  borrow: 0,
  tick: null,
  lot: null,
  leverage: null,
  maintenanceMargin: null,
  bothHit: "tv_path",
  closeAtEnd: false,
};
