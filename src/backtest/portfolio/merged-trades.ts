import type { TradeColumns } from "../../stats/index.ts";
import type { Member, PortfolioSimulation } from "./portfolio.ts";

/** The trades of all symbols: closed ones by the bar of their exit, then open ones; together, in the order of the symbols. */
export interface MergedTrades extends TradeColumns {
  /** Whose each is, by its place among the symbols. */
  readonly member: Int32Array;
  /** Which of that symbol's trades. */
  readonly index: Int32Array;
}

export function mergeTrades(
  members: readonly Member[],
  simulation: PortfolioSimulation,
): MergedTrades {
  const all = simulation.members.flatMap(({ trades }, member) =>
    Array.from({ length: trades.length }, (_, index) => {
      const open = trades.open[index] === 1;
      const exit = open
        ? Number.POSITIVE_INFINITY
        : members[member]!.bars.time[trades.exitBar[index]!]!;
      return { member, index, exit };
    }),
  );
  all.sort((a, b) => (a.exit === b.exit ? 0 : a.exit - b.exit));
  const column = (name: "quantity" | "entryPrice" | "pnl" | "barsHeld" | "open") =>
    all.map(({ member, index }) => simulation.members[member]!.trades[name][index]!);
  return {
    length: all.length,
    member: Int32Array.from(all, ({ member }) => member),
    index: Int32Array.from(all, ({ index }) => index),
    quantity: Float64Array.from(column("quantity")),
    entryPrice: Float64Array.from(column("entryPrice")),
    pnl: Float64Array.from(column("pnl")),
    barsHeld: Int32Array.from(column("barsHeld")),
    open: Uint8Array.from(column("open")),
  };
}
