import type { AnalysedRun, AnalysedTrades } from "../../stats/analysis/index.ts";
import type { Annualisation } from "../compute-metrics.ts";
import { firstAtOrAfter } from "../first-at-or-after.ts";
import type { MergedTrades } from "./merged-trades.ts";
import type { Member, PortfolioSimulation } from "./portfolio.ts";

/**
 * The account as one run for analysis: its bars are the rows of its equity, and what stands for the price of an asset is
 * the benchmark, so that buying and holding is what the benchmark did.
 */
export function analysedPortfolio(
  members: readonly Member[],
  { time, start, equity, members: runs }: PortfolioSimulation,
  merged: MergedTrades,
  benchmark: Float64Array,
  account: Annualisation & { readonly cash: number },
): AnalysedRun {
  const close = new Float64Array(time.length).fill(Number.NaN);
  close.set(benchmark, start);
  const of = <T>(value: (trades: AnalysedTrades, index: number, member: Member) => T) =>
    Array.from({ length: merged.length }, (_, k) => {
      const member = merged.member[k]!;
      return value(runs[member]!.trades, merged.index[k]!, members[member]!);
    });
  const row = (member: Member, bar: number) =>
    bar < 0 ? -1 : firstAtOrAfter(time, member.bars.time[bar]!, 0);
  const { quantity, entryPrice, pnl, barsHeld, open, length } = merged;
  return {
    ...account,
    equity,
    firstBar: start,
    time,
    close,
    trades: {
      ...{ quantity, entryPrice, pnl, barsHeld, open, length },
      side: Int8Array.from(of(({ side }, k) => side[k]!)),
      entryBar: Int32Array.from(of(({ entryBar }, k, member) => row(member, entryBar[k]!))),
      exitBar: Int32Array.from(of(({ exitBar }, k, member) => row(member, exitBar[k]!))),
      exitPrice: Float64Array.from(of(({ exitPrice }, k) => exitPrice[k]!)),
      pnlGross: Float64Array.from(of(({ pnlGross }, k) => pnlGross[k]!)),
      commission: Float64Array.from(of(({ commission }, k) => commission[k]!)),
    },
  };
}
