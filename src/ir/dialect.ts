/** Named conventions for seeds, averages and na (SEMANTICS §3); `tv` is TradingView's. */
export const DIALECTS = ["tv", "talib", "backtrader", "pandas", "vectorbt"] as const;
export type Dialect = (typeof DIALECTS)[number];
