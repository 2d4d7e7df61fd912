import { underwater } from "../../../stats/analysis/drawdowns.ts";
import { decimal, percent } from "../../format.ts";
import type { ReportData } from "../report-data.ts";
import { h, place } from "./dom.ts";
import { histogram } from "./histogram.ts";
import { lineChart } from "./line-chart.ts";
import { loadReport, type Report } from "./load.ts";
import { PriceChart } from "./price-chart.ts";
import { scatter } from "./scatter.ts";
import {
  benchmarkTable,
  drawdownTable,
  findings,
  funnelTable,
  monthTable,
  settingsTable,
  sidesTable,
  symbolTable,
} from "./tables.ts";
import { bindThemeButton } from "./theme.ts";
import { tradeTable } from "./trade-table.ts";

void start();

async function start(): Promise<void> {
  const report = await loadReport<ReportData>();
  bindThemeButton(place("theme"));
  place("verdict").append(findings(report.data.verdict), ...warnings(report));
  drawEquity(report);
  const { symbols } = report.data;
  const select = symbols === null ? drawPrices(report) : () => {};
  if (symbols !== null) place("symbols").append(symbolTable(symbols.rows));
  place("months").append(monthTable(report.data.months));
  place("drawdowns").append(drawdownTable(report.data.drawdowns));
  place("sides").append(sidesTable(report.data));
  if (symbols === null) place("benchmark-name").textContent = benchmarkNote(report);
  place("benchmark").append(benchmarkTable(report.data.benchmark.rows));
  drawTrades(report, select);
  drawRolling(report);
  place("robustness").append(findings(report.data.robustness));
  if (symbols === null) place("funnel").append(...signals(report));
  place("settings").append(settingsTable(report.data));
  place("strategy").append(h("pre", {}, report.data.strategy.text));
  document.documentElement.dataset["ready"] = "true";
}

/** Draws prices and trades; what is returned shows one trade. */
function drawPrices(report: Report): (trade: number) => void {
  const chart = report.column("time").length > 0 ? new PriceChart(place("price"), report) : null;
  return (trade) => {
    chart?.select(trade);
    place("price").scrollIntoView({ behavior: "smooth", block: "center" });
  };
}

function warnings({ data }: Report): HTMLElement[] {
  const { rejections, warnings, pending_orders } = data.result;
  const said = [
    ...(rejections.count > 0 ? [`${decimal(rejections.count, 0)} orders were rejected.`] : []),
    ...warnings.map(({ message }) => message),
    ...(pending_orders.length > 0
      ? [`${pending_orders.length} orders were still waiting when the data ended.`]
      : []),
  ];
  return said.map((text) => h("p", { class: "warning" }, text));
}

/** What is said of whose conditions these are, and the conditions. */
function signals({ data }: Report): HTMLElement[] {
  const { of, because } = data.signals;
  const said = {
    rules: [],
    script: ["The script as rules. ", ...because],
    none: ["No rules say what this script does: ", ...because],
  }[of];
  return [
    ...(said.length > 0 ? [h("p", { class: "none" }, said.join(" "))] : []),
    ...(of === "none" ? [] : [funnelTable(data.funnel)]),
  ];
}

function benchmarkNote({ data, column }: Report): string {
  const what = column("benchmark").length > 0 ? data.benchmark.name : "the asset";
  return `beside buying ${what} at the first close and holding it`;
}

function drawEquity(report: Report): void {
  const equity = report.column("equity");
  const times = report.column("time");
  if (times.length === 0) return;
  const { cash } = report.data.result.settings;
  const given = report.column("benchmark");
  const short = (value: number) => decimal(value, Math.abs(value) >= 1000 ? 0 : 2);
  lineChart(place("equity"), times, [
    { title: "Equity", values: equity, color: "--accent", pane: 0, format: short },
    {
      title: report.data.benchmark.name,
      values: held(given.length > 0 ? given : report.column("close"), cash),
      color: "--muted",
      pane: 0,
      format: short,
    },
    {
      title: "Drawdown",
      values: underwater(equity, cash).map((depth) => -depth),
      color: "--loss",
      pane: 1,
      area: true,
      format: (value) => percent(value, 1),
    },
  ]);
}

/** What the cash would have become in the asset, bought at the first close. */
function held(close: Float64Array, cash: number): Float64Array {
  const first = close.find((price) => !Number.isNaN(price)) ?? Number.NaN;
  return close.map((price) => (cash * price) / first);
}

function drawTrades(report: Report, select: (index: number) => void): void {
  const returns = report.column("trade.return");
  place("distributions").append(
    histogram(returns, "Returns of trades"),
    scatter(report.column("trade.worst"), returns, "Worst excursion → return", select),
    scatter(report.column("trade.best"), returns, "Best excursion → return", select),
  );
  place("trades").append(tradeTable(report, select));
}

function drawRolling(report: Report): void {
  const times = report.column("rolling.time");
  if (times.length === 0) {
    place("rolling").append(h("p", { class: "none" }, "Too few bars for a rolling window."));
    return;
  }
  place("rolling-window").textContent = `over ${decimal(report.data.rollingWindow, 0)} bars`;
  lineChart(
    place("rolling"),
    times,
    ROLLING.map(({ name, ...line }, pane) => ({
      ...line,
      values: report.column(`rolling.${name}`),
      pane,
    })),
  );
}

const ROLLING = [
  {
    name: "sharpe",
    title: "Sharpe ratio",
    color: "--accent",
    format: (value: number) => decimal(value),
  },
  {
    name: "total_return",
    title: "Return",
    color: "--gain",
    format: (value: number) => percent(value, 0),
  },
  {
    name: "volatility",
    title: "Volatility",
    color: "--muted",
    format: (value: number) => percent(value, 0),
  },
  {
    name: "drawdown",
    title: "Max drawdown",
    color: "--loss",
    format: (value: number) => percent(value, 0),
  },
];
