import { count, minute } from "../format.ts";
import { clientScript } from "../generated/client.ts";
import type { BacktestResult } from "../result.ts";
import type { ReportData } from "./report-data.ts";
import { type Section, shell } from "./shell.ts";

/**
 * The report of a run as one self-contained page.
 * @param columns those that `data.columns` describes, as of `deflate`
 */
export function reportPage(
  data: ReportData,
  columns: string,
  { dataset }: Pick<BacktestResult, "dataset">,
): string {
  const about = [dataset.exchange, dataset.symbol, dataset.interval, range(dataset)];
  return page(data, columns, about, SECTIONS);
}

/** The report of several symbols on one account: without prices, sides and signals, which each symbol has of its own. */
export function portfolioPage(
  data: ReportData,
  columns: string,
  { interval, ...dataset }: Parameters<typeof range>[0] & { readonly interval: string | null },
): string {
  return page(data, columns, [interval, range(dataset)], PORTFOLIO_SECTIONS);
}

function page(
  data: ReportData,
  columns: string,
  about: readonly (string | null)[],
  sections: readonly Section[],
): string {
  return shell({
    title: data.title,
    about: about.filter((part) => part !== null).join(" · "),
    version: data.version,
    sections,
    notice: NOTICE,
    script: clientScript,
    data,
    columns,
  });
}

const SECTIONS: readonly Section[] = [
  ["Verdict", "what the numbers can carry", `<div id="verdict"></div>`],
  [
    "Equity",
    "beside its benchmark; below it the fall from the highest value so far",
    `<div class="chart" id="equity"></div>`,
  ],
  [
    "Price and trades",
    "zoom in for single bars and fills; a row of the trade list leads here",
    `<div class="chart" id="price"></div>`,
  ],
  ["Months", "return in percent", `<div id="months"></div>`],
  ["Worst drawdowns", "", `<div id="drawdowns"></div>`],
  ["Metrics", "long and short: the trades of that side alone", `<div id="sides"></div>`],
  ["Benchmark", `<span id="benchmark-name"></span>`, `<div id="benchmark"></div>`],
  ["Distributions", "per closed trade", `<div class="figures" id="distributions"></div>`],
  ["Trades", "", `<div id="trades"></div>`],
  ["Rolling", `<span id="rolling-window"></span>`, `<div class="chart" id="rolling"></div>`],
  ["Robustness", "", `<div id="robustness"></div>`],
  [
    "Signals",
    "how often each condition held, and how often it alone was missing",
    `<div id="funnel"></div>`,
  ],
  ["Settings", "everything that was in force", `<div id="settings"></div>`],
  ["Strategy", "", `<div id="strategy"></div>`],
];

const NOT_OF_A_PORTFOLIO: ReadonlySet<string> = new Set(["Price and trades", "Signals"]);

const PORTFOLIO_SECTIONS: readonly Section[] = SECTIONS.flatMap((section): Section[] => {
  const [title, , inner] = section;
  if (NOT_OF_A_PORTFOLIO.has(title)) return [];
  if (title === "Benchmark") return [[title, "beside the same money in every symbol", inner]];
  if (title !== "Metrics") return [section];
  return [
    ["Symbols", "in the order of their fills", `<div id="symbols"></div>`],
    [title, "", inner],
  ];
});

const NOTICE = `Charts: TradingView Lightweight Charts™, Copyright (с) 2025 TradingView, Inc. <a href="https://www.tradingview.com/">https://www.tradingview.com/</a> · Prices in pictures keep 8 digits; <code>swymc backtest --json</code> has them all.`;

function range({
  from,
  to,
  bars,
}: Pick<BacktestResult["dataset"], "from" | "to" | "bars">): string | null {
  return from === null || to === null
    ? null
    : `${minute(from)} to ${minute(to)} UTC, ${count(bars, "bar")}`;
}
