/** A complete paper-run body around a strategy. */
export function paperRun(strategy: object): object {
  return {
    mode: "backtest",
    starts_at: "2025-01-01T00:00:00Z",
    finishes_at: "2025-03-01T00:00:00Z",
    risk_free_return: 0.05,
    config: {
      instrument: {
        exchange: "binance_spot",
        name_exchange: "BTCUSDT",
        underlying: { base: "btc", quote: "usdt" },
        quote: "underlying_quote",
        kind: "spot",
      },
      execution: {
        mocked_exchange: "binance_spot",
        latency_ms: 50,
        fees_percent: 0.001,
        initial_state: {
          exchange: "binance_spot",
          balances: [{ asset: "usdt", balance: { total: 10_000, free: 10_000 } }],
          instrument: { instrument_name: "BTCUSDT", orders: [] },
        },
      },
      strategy,
    },
  };
}
