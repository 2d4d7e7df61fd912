import type { IChartApi, UTCTimestamp } from "lightweight-charts";
import { indexAt } from "../levels.ts";

/** Points that a chart is given at once: enough for a wide screen and a pan to either side. */
const POINTS = 6000;

/** Fills the chart's series with the bars `from` to before `to`, in groups of `group` bars. */
export type Fill = (from: number, to: number, group: number) => void;

/**
 * Shows millions of bars through a chart that is quick with thousands: only the visible range and one width to
 * either side are in the chart, in groups as coarse as the zoom allows, and are exchanged as the reader moves.
 */
export class WindowedChart {
  private from = 0;
  private to = 0;
  private group = 0;
  private busy = false;

  constructor(
    private readonly chart: IChartApi,
    private readonly times: Float64Array,
    private readonly fill: Fill,
  ) {
    this.busy = true;
    this.load(0, times.length);
    // The chart has its width only after it was laid out.
    requestAnimationFrame(() => {
      chart.timeScale().fitContent();
      this.settle();
    });
    chart.timeScale().subscribeVisibleTimeRangeChange((range) => {
      if (range === null || this.busy) return;
      this.show(range.from as number, range.to as number);
    });
  }

  /** Moves the view to these times (epoch seconds). */
  goTo(from: number, to: number): void {
    const first = Math.max(0, indexAt(this.times, from));
    const last = Math.min(this.times.length, Math.max(first + 2, indexAt(this.times, to)));
    this.busy = true;
    this.load(2 * first - last, 2 * last - first);
    this.chart.timeScale().setVisibleRange({
      from: this.times[first] as UTCTimestamp,
      to: this.times[last - 1] as UTCTimestamp,
    });
    this.settle();
  }

  private show(from: number, to: number): void {
    const first = indexAt(this.times, from);
    const last = indexAt(this.times, to);
    const width = Math.max(50, last - first);
    const wanted = groupOf(3 * width);
    const outside =
      (first < this.from + width / 4 && this.from > 0) ||
      (last > this.to - width / 4 && this.to < this.times.length);
    if (!outside && wanted === this.group) return;
    this.busy = true;
    this.load(first - width, last + width);
    this.chart.timeScale().setVisibleRange({ from: from as UTCTimestamp, to: to as UTCTimestamp });
    this.settle();
  }

  private load(from: number, to: number): void {
    this.group = groupOf(to - from);
    this.from = Math.max(0, Math.floor(from / this.group) * this.group);
    this.to = Math.min(this.times.length, to);
    this.fill(this.from, this.to, this.group);
  }

  /** The chart tells of the new range in the next frame. */
  private settle(): void {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.busy = false;
      }),
    );
  }
}

/** Bars per point for a range of bars, a power of four as the levels have it. */
function groupOf(bars: number): number {
  let group = 1;
  while (bars / group > POINTS) group *= 4;
  return group;
}
