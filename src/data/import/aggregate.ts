import { fail } from "../../diagnostics/index.ts";
import type { Interval } from "../../vector/interval.ts";
import { periodOpen } from "../bar-period.ts";
import { appendColumns } from "../store/stage-columns.ts";
import { beginStaging } from "../store/staging.ts";
import type { ImportSession } from "./session.ts";

/** Bars that events are gathered into: all of them are open until the source ends. */
export const MOST_GATHERED = 10_000_000;

/** Something that happened at a price. */
export interface MarketEvent {
  /** Epoch ms, with a fraction where the source is finer. */
  readonly time: number;
  readonly price: number;
  /** What was traded; na for quotes. */
  readonly amount: number;
  /** Further numbers, of which a bar keeps the last. */
  readonly extras?: Readonly<Record<string, number>> | undefined;
}

const FIELDS = [
  "time",
  "first",
  "last",
  "open",
  "high",
  "low",
  "close",
  "volume",
  "rounding",
] as const;

/**
 * Events gathered into bars of an interval, one series per symbol. They may come in any order: a bar opens with its
 * earliest event and closes with its latest; of events at one moment, the one that came first is the earlier.
 * Volumes are compensated sums (Neumaier) in the order of arrival.
 */
export class Aggregate {
  readonly interval: Interval;
  private readonly series = new Map<string | undefined, Gathered>();
  private readonly extras = new Set<string>();
  private bars = 0;

  constructor(interval: Interval) {
    this.interval = interval;
  }

  add(symbol: string | undefined, event: MarketEvent): void {
    let gathered = this.series.get(symbol);
    if (gathered === undefined) {
      gathered = new Gathered();
      this.series.set(symbol, gathered);
    }
    const at = gathered.bar(periodOpen(event.time, this.interval));
    if (gathered.add(at, event)) {
      this.bars++;
      if (this.bars > MOST_GATHERED) {
        fail("too_many_bars", { bars: this.bars, limit: MOST_GATHERED });
      }
    }
    for (const name in event.extras) {
      this.extras.add(name);
      gathered.addExtra(name, at, event.time, event.extras[name]);
    }
  }

  /** Number of bars gathered so far. */
  get size(): number {
    return this.bars;
  }

  /** Fills `staged` with the bars, each series in order of time. */
  async stage(session: Pick<ImportSession, "connection">, exchange?: string): Promise<void> {
    await beginStaging(session.connection, [...this.extras].sort());
    await this.append(session, exchange);
  }

  /** Adds the bars to what is staged. */
  async append(
    { connection }: Pick<ImportSession, "connection">,
    exchange?: string,
  ): Promise<void> {
    const names = [...this.extras].sort();
    for (const [symbol, gathered] of this.series) {
      const { interval } = this;
      await appendColumns(connection, { exchange, symbol, interval, ...gathered.columns(names) });
    }
  }
}

/** The bars of one series, in the order in which they were first met. */
class Gathered {
  private readonly index = new Map<number, number>();
  private readonly fields = new Columns(FIELDS.length);
  private readonly names = new Map<string, Columns>();
  private lastOpen = Number.NaN;
  private lastAt = -1;

  bar(open: number): number {
    if (open === this.lastOpen) return this.lastAt;
    let at = this.index.get(open);
    if (at === undefined) {
      at = this.index.size;
      this.index.set(open, at);
      this.fields.grow(at + 1);
      this.fields.columns[0][at] = open;
    }
    this.lastOpen = open;
    this.lastAt = at;
    return at;
  }

  /** Whether this was the first event of its bar. */
  add(at: number, { time, price, amount }: MarketEvent): boolean {
    const [, first, last, open, high, low, close, volume, rounding] = this.fields.columns;
    if (Number.isNaN(first[at])) {
      first[at] = last[at] = time;
      open[at] = high[at] = low[at] = close[at] = price;
      volume[at] = amount;
      rounding[at] = 0;
      return true;
    }
    if (time < first[at]) {
      first[at] = time;
      open[at] = price;
    }
    if (time >= last[at]) {
      last[at] = time;
      close[at] = price;
    }
    if (price > high[at]) high[at] = price;
    if (price < low[at]) low[at] = price;
    const sum = volume[at] + amount;
    const larger = Math.abs(volume[at]) >= Math.abs(amount);
    rounding[at] += larger ? volume[at] - sum + amount : amount - sum + volume[at];
    volume[at] = sum;
    return false;
  }

  addExtra(name: string, at: number, time: number, value: number): void {
    let columns = this.names.get(name);
    if (columns === undefined) {
      columns = new Columns(2);
      this.names.set(name, columns);
    }
    columns.grow(at + 1);
    const [values, times] = columns.columns;
    if (time < times[at]) return;
    values[at] = value;
    times[at] = time;
  }

  columns(extras: readonly string[]) {
    const count = this.index.size;
    const [time, , , open, high, low, close, volume, rounding] = this.fields.columns;
    const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
      (a, b) => time[a] - time[b],
    );
    const sorted = (column: Float64Array) =>
      Float64Array.from(order, (at) => column[at] ?? Number.NaN);
    const none = new Float64Array(0);
    return {
      time: sorted(time),
      open: sorted(open),
      high: sorted(high),
      low: sorted(low),
      close: sorted(close),
      volume: Float64Array.from(order, (at) => volume[at] + rounding[at]),
      extras: Object.fromEntries(
        extras.map((name) => [name, sorted(this.names.get(name)?.columns[0] ?? none)]),
      ),
    };
  }
}

/** Columns that grow together, na where nothing was set. */
class Columns {
  columns: Float64Array[];

  constructor(width: number) {
    this.columns = Array.from({ length: width }, () => new Float64Array(64).fill(Number.NaN));
  }

  grow(length: number): void {
    const capacity = this.columns[0].length;
    if (length <= capacity) return;
    const next = Math.max(length, capacity * 2);
    this.columns = this.columns.map((column) => {
      const grown = new Float64Array(next).fill(Number.NaN, capacity);
      grown.set(column);
      return grown;
    });
  }
}
