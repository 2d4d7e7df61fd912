import { NO_MODELS, type Realism, type RunSettings } from "../backtest/index.ts";

/** The execution models in force, each null or 0 where it was not. Rates are fractions. */
export interface ResultExecution {
  readonly commission_per_unit: number;
  readonly commission_per_order: number;
  readonly maker_commission: number | null;
  readonly commission_tiers:
    | readonly { readonly volume: number; readonly taker: number; readonly maker: number }[]
    | null;
  readonly spread: number;
  readonly slippage_ticks: number;
  readonly impact: {
    readonly model: "square_root" | "square_root_volatility";
    readonly coefficient: number;
    readonly volume: "24h" | "session";
  } | null;
  readonly liquidity: { readonly share: number; readonly excess: "reject" | "partial" } | null;
  readonly latency_ms: number | null;
  readonly funding: { readonly rate: number; readonly hours: number } | null;
  readonly borrow: number;
  readonly tick: number | null;
  readonly lot: string | null;
  readonly leverage: number | null;
  readonly maintenance_margin: number | null;
  readonly both_hit: "tv_path" | "stop_first" | "target_first";
  readonly close_at_end: boolean;
}

/** What execution cost beside commission, in money, and what it cut short. */
export interface ResultCosts {
  readonly spread: number;
  readonly slippage: number;
  readonly impact: number;
  readonly funding: number;
  readonly borrow: number;
  readonly partial_fills: number;
  readonly margin_calls: number;
}

export function resultExecution({ execution = NO_MODELS }: RunSettings): ResultExecution {
  const { impact, liquidity, funding } = execution;
  return {
    commission_per_unit: execution.commissionPerUnit,
    commission_per_order: execution.commissionPerOrder,
    maker_commission: execution.makerCommission,
    commission_tiers:
      execution.commissionTiers?.map(({ volume, taker, maker }) => ({ volume, taker, maker })) ??
      null,
    spread: execution.spread,
    slippage_ticks: execution.slippageTicks,
    impact: impact && {
      model: impact.model,
      coefficient: impact.coefficient,
      volume: impact.volume,
    },
    liquidity: liquidity && { share: liquidity.share, excess: liquidity.excess },
    latency_ms: execution.latencyMs,
    funding: funding && { rate: funding.rate, hours: funding.hours },
    borrow: execution.borrow,
    tick: execution.tick,
    lot: execution.lot,
    leverage: execution.leverage,
    maintenance_margin: execution.maintenanceMargin,
    both_hit: execution.bothHit,
    close_at_end: execution.closeAtEnd,
  };
}

export function resultCosts(realism: Realism | undefined): ResultCosts | null {
  if (realism === undefined) return null;
  const { spread, slippage, impact, funding, borrow, partialFills, marginCalls } = realism;
  return {
    spread,
    slippage,
    impact,
    funding,
    borrow,
    partial_fills: partialFills,
    margin_calls: marginCalls,
  };
}
