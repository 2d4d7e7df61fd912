import {
  AreaSeries,
  createChart,
  type ISeriesApi,
  LineSeries,
  type UTCTimestamp,
} from "lightweight-charts";
import { linePoints } from "../levels.ts";
import { chartOptions, color, follow } from "./theme.ts";
import { WindowedChart } from "./windowed.ts";

export interface Line {
  readonly title: string;
  readonly values: Float64Array;
  /** Custom property of its colour. */
  readonly color: string;
  readonly pane: number;
  readonly area?: boolean;
  readonly format: (value: number) => string;
}

/** Lines over the same times (epoch seconds), thinned to their extremes as the zoom asks. */
export function lineChart(
  container: HTMLElement,
  times: Float64Array,
  lines: readonly Line[],
): void {
  const chart = createChart(container, chartOptions());
  follow(chart);
  const series = lines.map((line) => {
    const options = {
      title: line.title,
      lastValueVisible: false,
      priceLineVisible: false,
      priceFormat: { type: "custom" as const, formatter: line.format, minMove: 1e-6 },
    };
    const paint = color(line.color);
    const drawn: ISeriesApi<"Area"> | ISeriesApi<"Line"> = line.area
      ? chart.addSeries(
          AreaSeries,
          {
            ...options,
            lineColor: paint,
            topColor: `${paint}11`,
            bottomColor: `${paint}55`,
            lineWidth: 1,
          },
          line.pane,
        )
      : chart.addSeries(LineSeries, { ...options, color: paint, lineWidth: 2 }, line.pane);
    return drawn;
  });
  const panes = chart.panes();
  panes.forEach((pane, k) => {
    pane.setStretchFactor(k === 0 ? 6 / panes.length : 1);
  });
  new WindowedChart(chart, times, (from, to, group) => {
    lines.forEach(({ values }, k) => {
      series[k]!.setData(points(times, values, from, to, group));
    });
  });
}

/** Two points a group, at times that all lines share: unequal ones would stretch the time scale. */
function points(
  times: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  group: number,
) {
  const at = (i: number, value: number) => {
    const time = times[i]! as UTCTimestamp;
    return Number.isNaN(value) ? { time } : { time, value };
  };
  if (group === 1) {
    return Array.from({ length: to - from }, (_, k) => at(from + k, values[from + k]!));
  }
  const out: ReturnType<typeof at>[] = [];
  for (let start = from; start < to; start += group) {
    const end = Math.min(to, start + group);
    const middle = start + (group >>> 1);
    const [first = -1, second = first] = linePoints(values, start, end, 2);
    out.push(at(start, first < 0 ? Number.NaN : values[first]!));
    if (middle < end) out.push(at(middle, second < 0 ? Number.NaN : values[second]!));
  }
  return out;
}
