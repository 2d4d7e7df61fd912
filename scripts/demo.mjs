import { readFileSync } from "node:fs";
import { backtest, compile, loadDataset } from "swymc";

const STRATEGIES = {
  ema_crossover: "buys when a fast average crosses above a slow one",
  liquidity_sweep: "trades bars that take out a 20-bar extreme and turn back",
  rsi_reversal: "buys what fell too fast, sells what rose too fast",
  bollinger_breakout: "buys a close above the upper Bollinger band",
};
const SETTINGS = { cash: 10_000, commission: 0.001 };
const DATA = "fixtures/ohlcv/synthetic_1h.csv";

const market = await loadDataset(DATA);
const days = market.bars.time.length / 24;
console.log(`Four strategies on ${days} days of made-up hourly prices (${DATA}).
Each starts with 10,000, trades 0.1 units at a time and pays 0.1 % per trade side.
`);
console.log(row("strategy", "final", "return", "worst fall", "trades", "won"));

let hold = 0;
for (const [name, idea] of Object.entries(STRATEGIES)) {
  const { program, diagnostics } = compile(readFileSync(`fixtures/rules/${name}.json`, "utf8"));
  if (!program) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  const { metrics } = backtest(program, market, SETTINGS).result;
  hold = metrics.buy_and_hold_return;
  console.log(
    row(
      name,
      metrics.final_equity.toFixed(2),
      percent(metrics.total_return),
      percent(-metrics.max_drawdown),
      metrics.trades,
      metrics.win_rate === null ? "–" : percent(metrics.win_rate, ""),
    ),
  );
  console.log(`  ${idea}`);
}

console.log(`
Just holding would have made ${percent(hold)}. Past results say little about future ones; made-up ones less.

Next:
  node dist/cli/main.js backtest fixtures/rules/ema_crossover.json --data ${DATA}
  node dist/cli/main.js check fixtures/rules/*.json
  node dist/cli/main.js compile fixtures/rules/ema_crossover.json -o strategy.mjs`);

function row(name, ...cells) {
  return [name.padEnd(20), ...cells.map((cell) => String(cell).padStart(11))].join("");
}

function percent(fraction, plus = "+") {
  const text = `${(fraction * 100).toFixed(2)} %`;
  return fraction > 0 ? plus + text : text;
}
