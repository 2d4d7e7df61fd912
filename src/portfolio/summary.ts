import { escapeTerminal } from "../diagnostics/index.ts";
import { alignedTable } from "../report/aligned-table.ts";
import { type Ansi, ansi } from "../report/ansi.ts";
import {
  count,
  decimal,
  minute,
  percent,
  plain,
  signedPercent,
  UNDEFINED_VALUE,
} from "../report/format.ts";
import { executionWords, metricLines } from "../report/summary.ts";
import type { PortfolioResult, PortfolioSymbol } from "./result.ts";

/** A portfolio for people: what spoils the numbers, metrics, a line per symbol, settings. Ends with a line end. */
export function portfolioSummary(
  result: PortfolioResult,
  title: string,
  options: { color: boolean },
): string {
  const paint = ansi(options.color);
  const table = symbolTable(result).map((row) => row.map(escapeTerminal));
  const [head, ...rows] = alignedTable(table, { left: (column) => column === 0 });
  const lines = [
    ...cautions(result, paint),
    paint.bold(`${escapeTerminal(title)} on ${count(result.symbols.length, "symbol")}`),
    dataLine(result),
    "",
    ...(result.metrics === null ? [] : [...metricLines(result.metrics, paint), ""]),
    paint.bold(head!),
    ...rows,
    "",
    paint.dim(settingsLine(result)),
  ];
  return `${lines.join("\n")}\n`;
}

/** A row per symbol, its head first. */
export function symbolTable({ symbols }: PortfolioResult): string[][] {
  return [HEAD, ...symbols.map(cells)];
}

const HEAD = [
  "symbol",
  "bars",
  "trades",
  "won",
  "profit",
  "contribution",
  "commission",
  "exposure",
  "buy and hold",
  "refused",
];

function cells(of: PortfolioSymbol): string[] {
  const share = (value: number | null, format = percent) =>
    value === null ? UNDEFINED_VALUE : format(value);
  const trades = of.open_trades > 0 ? `${of.trades} (${of.open_trades} open)` : String(of.trades);
  return [
    of.symbol,
    decimal(of.dataset.bars, 0),
    trades,
    share(of.win_rate),
    decimal(of.pnl),
    signedPercent(of.contribution),
    decimal(of.commission),
    share(of.exposure),
    share(of.buy_and_hold_return, signedPercent),
    decimal(of.rejections, 0),
  ];
}

function cautions({ state, rejections, pending_orders, warnings }: PortfolioResult, paint: Ansi) {
  const lines: string[] = [];
  const [first] = rejections.orders;
  if (first !== undefined) {
    const { symbol, time, side, quantity, price, reason } = first;
    const order = `${minute(time)} ${escapeTerminal(symbol)} ${side} ${plain(quantity)} at ${plain(price)}`;
    lines.push(
      paint.red(`${count(rejections.count, "order")} rejected; the first: ${order} (${reason})`),
    );
  }
  for (const { message } of warnings) {
    lines.push(paint.yellow(`warning: ${escapeTerminal(message)}`));
  }
  if (state === "no_trades") lines.push(paint.yellow("No trades: nothing was bought or sold."));
  if (pending_orders.length > 0) {
    lines.push(`${count(pending_orders.length, "order")} still waiting when the data ended`);
  }
  return lines;
}

function dataLine({ dataset: { interval, bars, from, to } }: PortfolioResult): string {
  const range = from === null || to === null ? [] : [`${minute(from)} to ${minute(to)} UTC`];
  return [...(interval === null ? [] : [interval]), count(bars, "bar"), ...range].join(" · ");
}

function settingsLine({ settings }: PortfolioResult): string {
  return [
    `cash ${decimal(settings.cash)}`,
    `commission ${plain(settings.commission * 100)} %`,
    `slippage ${plain(settings.slippage * 10_000)} bp`,
    `fill ${settings.fill}`,
    "exits first, then in the order of symbols",
    ...(settings.delay > 0 ? [`delay ${count(settings.delay, "bar")}`] : []),
    ...executionWords(settings.execution),
    ...(settings.calendar === null ? [] : [`calendar ${plain(settings.calendar)} days`]),
  ].join(" · ");
}
