import { escapeTerminal } from "../diagnostics/index.ts";
import { METRICS, type MetricName } from "../stats/index.ts";
import { alignedTable } from "./aligned-table.ts";
import { type Ansi, ansi } from "./ansi.ts";
import { benchmarkRows } from "./benchmark-rows.ts";
import {
  count,
  decimal,
  formatMetric,
  minute,
  plain,
  signedPercent,
  UNDEFINED_VALUE,
} from "./format.ts";
import type { BacktestResult } from "./result.ts";

/** The metrics of the summary, in pairs side by side. The JSON has all. */
const LAYOUT: readonly (readonly [MetricName, MetricName])[] = [
  ["total_return", "trades"],
  ["buy_and_hold_return", "win_rate"],
  ["cagr", "profit_factor"],
  ["max_drawdown", "expectancy"],
  ["volatility", "best_trade"],
  ["sharpe", "worst_trade"],
  ["sortino", "average_bars_held"],
  ["calmar", "exposure"],
  ["final_equity", "commission"],
];

const GAINS: ReadonlySet<MetricName> = new Set([
  "total_return",
  "buy_and_hold_return",
  "cagr",
  "best_trade",
  "worst_trade",
]);

/**
 * A backtest for people: what spoils the numbers first, then data, metrics and settings. Ends with a line end.
 * `title` names the strategy. `curve`: the equity as a line of text.
 */
export function summary(
  result: BacktestResult,
  title: string,
  options: { readonly color: boolean; readonly curve?: string },
): string {
  const paint = ansi(options.color);
  const lines = [
    ...cautions(result, paint),
    paint.bold(`${escapeTerminal(title)} on ${escapeTerminal(result.dataset.source)}`),
    dataLine(result),
    ...(options.curve === undefined || result.metrics === null
      ? []
      : [`equity ${paintCell(options.curve, result.metrics.total_return ?? 0, paint)}`]),
    "",
    ...(result.metrics === null ? [] : [...metricLines(result.metrics, paint), ""]),
    ...benchmarkLines(result, paint),
    paint.dim(settingsLine(result)),
    paint.dim(`strategy ${result.strategy_id}`),
  ];
  return `${lines.join("\n")}\n`;
}

function cautions({ state, rejections, pending_orders, warnings }: BacktestResult, paint: Ansi) {
  const lines: string[] = [];
  if (rejections.count > 0) {
    const first = rejections.orders[0];
    const example = first
      ? `; the first: ${minute(first.time)} ${first.side} ${plain(first.quantity)} at ${plain(first.price)}`
      : "";
    const poor = rejections.orders.every(({ reason }) => reason === "cash");
    const why = poor ? "rejected for want of cash" : `rejected (${reasonsOf(rejections.orders)})`;
    lines.push(paint.red(`${count(rejections.count, "order")} ${why}${example}`));
  }
  for (const warning of warnings) {
    lines.push(paint.yellow(`warning: ${escapeTerminal(warning.message)}`));
  }
  if (state === "no_trades") lines.push(paint.yellow("No trades: nothing was bought or sold."));
  if (pending_orders.length > 0) {
    lines.push(`${count(pending_orders.length, "order")} still waiting when the data ended`);
  }
  return lines;
}

/** Why the listed orders were refused, most frequent first. */
function reasonsOf(orders: BacktestResult["rejections"]["orders"]): string {
  const times = new Map<string, number>();
  for (const { reason } of orders) times.set(reason, (times.get(reason) ?? 0) + 1);
  const sorted = [...times].sort(([, a], [, b]) => b - a);
  return sorted.map(([reason, n]) => `${reason} ${n}`).join(", ");
}

/** Results that were kept by earlier versions have no benchmark. */
function benchmarkLines({ benchmark }: Partial<BacktestResult>, paint: Ansi): string[] {
  if (!benchmark) return [];
  const { name, metrics } = benchmark;
  const title = name === "buy_and_hold" ? "buying and holding" : escapeTerminal(name);
  if (metrics === null) return [`beside ${title}: a return of either is undefined`, ""];
  const rows = benchmarkRows(metrics).map(({ title: what, value }) => [what, value]);
  const lines = alignedTable(rows, { indent: "  ", left: (column) => column === 0 });
  return [paint.bold(`beside ${title}`), ...lines, ""];
}

function dataLine({ dataset, state }: BacktestResult): string {
  const names = [dataset.exchange, dataset.symbol, dataset.interval].filter((n) => n !== null);
  const range =
    dataset.from !== null && dataset.to !== null
      ? `${minute(dataset.from)} to ${minute(dataset.to)} UTC`
      : state;
  return [...names.map(escapeTerminal), count(dataset.bars, "bar"), range].join(" · ");
}

/** The metrics that people look for first, in two columns. */
export function metricLines(
  metrics: NonNullable<BacktestResult["metrics"]>,
  paint: Ansi,
): string[] {
  const cells = LAYOUT.map((row) => row.map((name) => cell(name, metrics)));
  const widths = [0, 1].map((column) => ({
    title: Math.max(...cells.map((row) => row[column].title.length)),
    text: Math.max(...cells.map((row) => row[column].text.length)),
  }));
  return cells.map((row) =>
    row
      .map(({ title, text, tone }, column) => {
        const { title: left, text: right } = widths[column];
        return `  ${title.padEnd(left)}  ${paintCell(text.padStart(right), tone, paint)}`;
      })
      .join("   "),
  );
}

interface Cell {
  readonly title: string;
  readonly text: string;
  /** Sign of a gain or loss, 0 where it is neither. */
  readonly tone: number;
}

function cell(name: MetricName, metrics: NonNullable<BacktestResult["metrics"]>): Cell {
  const { title, unit } = METRICS.find((metric) => metric.name === name)!;
  const value = metrics[name];
  if (value === null) return { title, text: UNDEFINED_VALUE, tone: 0 };
  const gain = GAINS.has(name);
  const open = name === "trades" ? metrics.open_trades : 0;
  const text = gain ? signedPercent(value) : formatMetric(unit, value);
  return {
    title,
    text: open ? `${text} (${open} open)` : text,
    tone: gain ? Math.sign(value) : 0,
  };
}

function paintCell(text: string, tone: number, paint: Ansi): string {
  return tone > 0 ? paint.green(text) : tone < 0 ? paint.red(text) : text;
}

function settingsLine({ settings, document }: BacktestResult): string {
  const params = Object.entries(settings.params).map(
    ([name, value]) =>
      `${escapeTerminal(name)} ${typeof value === "number" ? plain(value) : escapeTerminal(String(value))}`,
  );
  const asked = document.paper_run;
  const differs = asked !== null && asked.commission !== settings.commission;
  return [
    `cash ${decimal(settings.cash)}`,
    `commission ${plain(settings.commission * 100)} %${differs ? ` (document: ${plain(asked.commission * 100)} %)` : ""}`,
    settings.script === null
      ? `slippage ${plain(settings.slippage * 10_000)} bp`
      : `slippage ${count(settings.script.slippage, "tick")}`,
    `fill ${settings.fill}`,
    ...(settings.delay > 0 ? [`delay ${count(settings.delay, "bar")}`] : []),
    ...executionWords(settings.execution),
    ...(settings.calendar === null ? [] : [`calendar ${plain(settings.calendar)} days`]),
    ...(settings.dialect === "tv" ? [] : [`dialect ${settings.dialect}`]),
    ...params,
  ].join(" · ");
}

/** The models in force, by the names of the settings. */
export function executionWords(execution: BacktestResult["settings"]["execution"]): string[] {
  const { both_hit: policy, ...models } = execution;
  const words = Object.entries(models).flatMap(([name, value]) => {
    if (value === null || value === 0 || value === false) return [];
    if (value === true) return [name];
    const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
    return [`${name} ${shown}`];
  });
  return policy === "tv_path" ? words : [...words, `both_hit ${policy}`];
}
