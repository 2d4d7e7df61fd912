import { makeVector, Table, Utf8, vectorFromArray } from "apache-arrow";
import type { MergedTrades, PortfolioSimulation } from "../backtest/index.ts";
import { timestamps } from "../data/index.ts";
import { tradesTable } from "../program/tables.ts";
import type { RunMember } from "./assemble.ts";

/** The trades of all symbols: `symbol`, then the columns of a backtest's. */
export function jointTradesTable(runs: readonly RunMember[], trades: MergedTrades): Table {
  const tables = runs.map(({ member, run }) => tradesTable(member.bars, run));
  const rows = Array.from({ length: trades.length }, (_, k) => k);
  const symbols = rows.map((k) => runs[trades.member[k]!]!.symbol);
  const columns = tables[0]!.schema.fields.map(({ name, type }) => {
    const values = rows.map((k) =>
      tables[trades.member[k]!]!.getChild(name)!.get(trades.index[k]!),
    );
    return [name, vectorFromArray(values, type)] as const;
  });
  return new Table({
    symbol: vectorFromArray(symbols, new Utf8()),
    ...Object.fromEntries(columns),
  });
}

/** `time`, `equity`, and what the same cash would be in equal parts of all symbols. */
export function jointEquityTable(
  { time, start, equity }: PortfolioSimulation,
  benchmark: Float64Array,
): Table {
  return new Table({
    time: timestamps(time.subarray(start)),
    equity: makeVector(equity),
    benchmark: makeVector(benchmark),
  });
}
