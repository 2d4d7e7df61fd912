import {
  type CandlestickData,
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  type SeriesMarker,
  type UTCTimestamp,
  type WhitespaceData,
} from "lightweight-charts";
import { type BarLevel, coarser, indexAt } from "../levels.ts";
import type { Report } from "./load.ts";
import { chartOptions, color, follow } from "./theme.ts";
import { WindowedChart } from "./windowed.ts";

/** More marks than this in view cover the prices. */
const MOST_MARKERS = 300;
const LINE_COLORS = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6"];

/** Prices with volume, indicators and the trades' fills; `select` shows one trade. */
export class PriceChart {
  private readonly chart: IChartApi;
  private readonly levels: BarLevel[];
  private readonly candles: ISeriesApi<"Candlestick">;
  private readonly volume: ISeriesApi<"Histogram">;
  private readonly lines: { column: Float64Array; series: ISeriesApi<"Line"> }[];
  private readonly markers;
  private readonly trade: ISeriesApi<"Line">;
  private readonly view: WindowedChart;
  private readonly report: Report;

  constructor(container: HTMLElement, report: Report) {
    this.report = report;
    const names = ["time", "open", "high", "low", "close", "volume"] as const;
    const bars = Object.fromEntries(names.map((name) => [name, report.column(name)]));
    this.levels = [bars as unknown as BarLevel];
    this.chart = createChart(container, chartOptions());
    follow(this.chart);
    this.candles = this.chart.addSeries(CandlestickSeries, candleOptions(report.column("close")));
    this.volume = this.chart.addSeries(HistogramSeries, {
      priceScaleId: "volume",
      priceFormat: { type: "volume" },
      color: color("--volume"),
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.85, bottom: 0 } });
    this.lines = report.data.indicators.map(({ label, column, pane }, k) => ({
      column: report.column(column),
      series: this.chart.addSeries(
        LineSeries,
        {
          title: label,
          color: color(LINE_COLORS[k % LINE_COLORS.length]!),
          lineWidth: 1,
          lastValueVisible: false,
          priceLineVisible: false,
        },
        pane === "price" ? 0 : 1,
      ),
    }));
    this.trade = this.chart.addSeries(LineSeries, {
      color: color("--accent"),
      lineWidth: 2,
      lineStyle: 2,
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.markers = createSeriesMarkers(this.candles, []);
    this.view = new WindowedChart(this.chart, report.column("time"), (from, to, group) =>
      this.fill(from, to, group),
    );
  }

  /** Shows a trade with as many bars before and after it. */
  select(index: number): void {
    const { report } = this;
    const times = report.column("time");
    const entry = report.column("trade.entry_time")[index]!;
    const exit = report.column("trade.exit_time")[index]!;
    const end = Number.isNaN(exit) ? times[times.length - 1]! : exit;
    const step = times.length > 1 ? times[1]! - times[0]! : 60;
    const around = Math.max(20 * step, end - entry);
    this.trade.setData([]);
    this.view.goTo(entry - around, end + around);
    const exitPrice = report.column("trade.exit_price")[index]!;
    const last = report.column("close")[times.length - 1]!;
    if (end > entry) {
      this.trade.setData([
        { time: entry as UTCTimestamp, value: report.column("trade.entry_price")[index]! },
        { time: end as UTCTimestamp, value: Number.isNaN(exitPrice) ? last : exitPrice },
      ]);
    }
  }

  private fill(from: number, to: number, group: number): void {
    const level = this.level(group);
    const first = Math.floor(from / group);
    const last = Math.ceil(to / group);
    const candles: (CandlestickData<UTCTimestamp> | WhitespaceData<UTCTimestamp>)[] = [];
    const volume: { time: UTCTimestamp; value: number }[] = [];
    for (let i = first; i < last; i++) {
      const time = level.time[i]! as UTCTimestamp;
      volume.push({ time, value: level.volume[i]! || 0 });
      const [open, high, low, close] = [
        level.open[i]!,
        level.high[i]!,
        level.low[i]!,
        level.close[i]!,
      ];
      candles.push(
        Number.isNaN(open + high + low + close) ? { time } : { time, open, high, low, close },
      );
    }
    this.candles.setData(candles);
    this.volume.setData(volume);
    for (const { column, series } of this.lines) {
      series.setData(
        Array.from({ length: last - first }, (_, k) => {
          const time = level.time[first + k]! as UTCTimestamp;
          const value = column[Math.min(to, (first + k + 1) * group) - 1]!;
          return Number.isNaN(value) ? { time } : { time, value };
        }),
      );
    }
    this.mark(level.time[first] ?? 0, level.time[last - 1] ?? 0, level, first, last);
  }

  /** The level whose bars are groups of `group`, made when it is first needed. */
  private level(group: number): BarLevel {
    const k = Math.round(Math.log(group) / Math.log(4));
    while (this.levels.length <= k) this.levels.push(coarser(this.levels[this.levels.length - 1]!));
    return this.levels[k]!;
  }

  private mark(from: number, to: number, level: BarLevel, first: number, last: number): void {
    const { report } = this;
    const times = level.time.subarray(first, last);
    const snap = (time: number) =>
      times[Math.max(0, indexAt(times, time + 1e-6) - 1)]! as UTCTimestamp;
    const side = report.column("trade.side");
    const entry = report.column("trade.entry_time");
    const exit = report.column("trade.exit_time");
    const markers: SeriesMarker<UTCTimestamp>[] = [];
    for (let i = 0; i < side.length && markers.length <= MOST_MARKERS; i++) {
      const long = side[i]! > 0;
      if (entry[i]! >= from && entry[i]! <= to)
        markers.push(marker(snap(entry[i]!), long, "entry"));
      if (exit[i]! >= from && exit[i]! <= to) markers.push(marker(snap(exit[i]!), !long, "exit"));
    }
    markers.sort((a, b) => a.time - b.time);
    this.markers.setMarkers(markers.length > MOST_MARKERS ? [] : markers);
  }
}

function marker(time: UTCTimestamp, buy: boolean, what: string): SeriesMarker<UTCTimestamp> {
  return {
    time,
    position: buy ? "belowBar" : "aboveBar",
    shape: what === "exit" ? "circle" : buy ? "arrowUp" : "arrowDown",
    color: color(buy ? "--gain" : "--loss"),
    size: 1,
  };
}

function candleOptions(close: Float64Array) {
  const [up, down] = [color("--gain"), color("--loss")];
  const price = Math.abs(close.find((value) => !Number.isNaN(value)) ?? 1);
  const precision = Math.min(10, Math.max(2, 5 - Math.floor(Math.log10(price || 1))));
  return {
    upColor: up,
    downColor: down,
    wickUpColor: up,
    wickDownColor: down,
    borderVisible: false,
    priceFormat: { type: "price" as const, precision, minMove: 10 ** -precision },
  };
}
