import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { escapeHtml } from "../../diagnostics/index.ts";
import { minute } from "../format.ts";
import { clientScript } from "../generated/client.ts";
import type { ReportData } from "./report-data.ts";
import { STYLE } from "./style.ts";

/**
 * A report as one page that opens from a disk without a network: data, style, our client and the chart library
 * inside. Its policy allows this script and style and nothing else, and no connection.
 * @param bytes the columns that `data.columns` describes
 */
export function reportPage(data: ReportData, bytes: Uint8Array): string {
  const columns = deflateRawSync(bytes, { level: 4 }).toString("base64");
  const { dataset } = data.result;
  const about = [dataset.exchange, dataset.symbol, dataset.interval, range(dataset)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="swymc ${escapeHtml(data.version)}">
<title>${escapeHtml(data.title)} · swymc</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(data.title)}</h1>
<span class="data">${escapeHtml(about.filter((part) => part !== null).join(" · "))}</span>
<button type="button" class="theme" id="theme">light / dark</button>
</header>
<main>
${SECTIONS.map(([title, note, inner]) => `<section><h2>${title}${note === "" ? "" : ` <small>${note}</small>`}</h2>\n${inner}\n</section>`).join("\n")}
</main>
<footer>${NOTICE}</footer>
<script type="application/json" id="report-data">${inertJson(data)}</script>
<script type="application/octet-stream" id="report-columns">${columns}</script>
<script>${clientScript}</script>
</body>
</html>
`;
}

const SECTIONS: readonly (readonly [title: string, note: string, inner: string])[] = [
  ["Verdict", "what the numbers can carry", `<div id="verdict"></div>`],
  [
    "Equity",
    "beside buying and holding; below it the fall from the highest value so far",
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
  ["Distributions", "per closed trade", `<div class="figures" id="distributions"></div>`],
  ["Trades", "", `<div id="trades"></div>`],
  ["Rolling", `<span id="rolling-window"></span>`, `<div class="chart short" id="rolling"></div>`],
  ["Robustness", "", `<div id="robustness"></div>`],
  [
    "Signals",
    "how often each condition held, and how often it alone was missing",
    `<div id="funnel"></div>`,
  ],
  ["Settings", "everything that was in force", `<div id="settings"></div>`],
  ["Strategy", "", `<div id="strategy"></div>`],
];

const NOTICE = `Charts: TradingView Lightweight Charts™, Copyright (с) 2025 TradingView, Inc. <a href="https://www.tradingview.com/">https://www.tradingview.com/</a> · Prices in pictures keep 8 digits; <code>swymc backtest --json</code> has them all.`;

function range({ from, to, bars }: ReportData["result"]["dataset"]): string | null {
  return from === null || to === null ? null : `${minute(from)} to ${minute(to)} UTC, ${bars} bars`;
}

function policy(): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; script-src ${hash(clientScript)}; style-src ${hash(STYLE)}; base-uri 'none'; form-action 'none'`;
}

/** JSON that cannot end the element it stands in. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
