import { METRICS } from "./metric-table.ts";

/** The page docs/metrics.md, derived from the table of metrics. */
export function metricDocs(): string {
  const rows = METRICS.map(
    ({ name, title, unit, formula }) =>
      `| \`${name}\` | ${title} | ${unit} | ${escapePipes(formula)} |`,
  );
  return `${INTRODUCTION}
| name | title | unit | formula |
|---|---|---|---|
${rows.join("\n")}

${NOTES}`;
}

function escapePipes(text: string): string {
  return text.replaceAll("|", "\\|");
}

const INTRODUCTION = `# Metrics

<!-- Made by \`npm run docs\` from src/stats/metric-table.ts; edit the definitions there. -->

Every key is always present. A metric that is undefined is \`null\`, and \`metrics_null\` says why; it is never
Infinity or NaN. Fractions, not percent.

**r** are the bar returns of equity, one per bar, flat bars included; the first is against the starting cash.
**n** is the number of bars of the run, **year** the bars per year, **rf** the annual risk-free return / year.
`;

const NOTES = `## Conventions

- **A year** is 365 days over the bar's interval (1M: 12 bars). With \`--calendar 252\` it is 252 times the median
  number of bars per UTC day that has any.
- **A trade** is one FIFO slice of a lot: a lot closed in two parts makes two trades. \`pnl\` is net of the
  commissions of entry and exit. Win rate, profit factor, expectancy and what follows them are over closed trades.
- **Ruin**: when equity falls to zero or below on any bar, the ratios of returns (CAGR, volatility, Sharpe, Sortino,
  Calmar, Omega) are null.
- **Drawdown**: the deepest and the longest one may be different ones.
- **Sums** run in blocks of 1,024 bars counted from the dataset's first bar, and the blocks are joined in order with
  compensation (TwoSum); the sum of excess returns, whose terms cancel, is compensated within the blocks too. The same
  run gives the same bits everywhere, in browsers as well.
`;
