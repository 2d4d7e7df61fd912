import fc from "fast-check";
import type { Bars } from "../../src/vector/columns.ts";
import { type Random, random } from "./random.ts";

/** What a random market looks like. Plain numbers, so that a failing case shrinks to a dull one. */
export interface Market {
  readonly seed: number;
  readonly length: number;
  /** A typical price. */
  readonly scale: number;
  /** Relative size of a step. */
  readonly step: number;
  /** Prices are multiples of `scale / grid`; 0: any double. */
  readonly grid: number;
  /** Chances per bar. */
  readonly still: number;
  readonly spikes: number;
  readonly gaps: number;
  readonly missingVolume: number;
  readonly interval: number;
}

/** Random walks with ties on coarse grids, stretches of no change, spikes, gaps in price and time, na volume. */
export function markets(scale: number, maxLength = 400): fc.Arbitrary<Market> {
  return fc.record({
    seed: fc.nat(),
    length: fc.oneof(
      { weight: 1, arbitrary: fc.nat({ max: 12 }) },
      { weight: 2, arbitrary: fc.nat({ max: 80 }) },
      { weight: 2, arbitrary: fc.nat({ max: maxLength }) },
    ),
    scale: fc.constant(scale),
    step: fc.constantFrom(0.01, 0.001, 0.1, 0.5, 1e-9),
    grid: fc.constantFrom(100, 20, 4, 0, 1000),
    still: fc.constantFrom(0, 0.2, 0.9, 1),
    spikes: fc.constantFrom(0, 0, 0.03),
    gaps: fc.constantFrom(0, 0.1),
    missingVolume: fc.constantFrom(0, 0, 0.1, 0.6, 1),
    interval: fc.constantFrom(60_000, 1000, 3_600_000),
  });
}

/** The bars of a market: the same seed gives the same bars, and a shorter length a prefix of them. */
export function barsIn(market: Market): Bars {
  const next = random(market.seed);
  const rows: number[][] = [];
  let time = 1_600_000_000_000 - (1_600_000_000_000 % market.interval);
  let price = snapped(market.scale, market);
  for (let bar = 0; bar < market.length; bar++) {
    const open = next() < market.gaps ? moved(price, market, next) : price;
    const close = next() < market.spikes ? spike(market, next) : moved(open, market, next);
    const [a, b] = [moved(open, market, next), moved(close, market, next)];
    const volume = next() < market.missingVolume ? Number.NaN : Math.floor(next() * 9);
    rows.push([
      time,
      open,
      Math.max(open, close, a, b),
      Math.min(open, close, a, b),
      close,
      volume,
    ]);
    time += market.interval * (next() < market.gaps ? 1 + Math.floor(next() * 9) : 1);
    price = close;
  }
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]);
  return {
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

function moved(price: number, market: Market, next: Random): number {
  const factor = 1 + market.step * (2 * next() - 1);
  if (next() < market.still) return price;
  // Back towards the scale, lest a long walk ends at nothing.
  const pull = Math.sqrt(Math.sqrt(market.scale / price));
  return snapped(price * factor * (market.step > 0.01 ? pull : 1), market);
}

function spike(market: Market, next: Random): number {
  return snapped(market.scale * (next() < 0.5 ? 0.1 : 10), market);
}

function snapped(price: number, { grid, scale }: Market): number {
  if (grid === 0) return price;
  return Math.max(1, Math.round((price / scale) * grid)) * (scale / grid);
}
