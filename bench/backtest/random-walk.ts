import type { Bars } from "../../src/vector/columns.ts";

/** Seeded one-minute bars whose closes walk at random; highs and lows reach a little past open and close. */
export function randomWalk(n: number): Bars {
  const random = mulberry32(20240607);
  const column = () => new Float64Array(n);
  const bars = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let price = 100;
  for (let i = 0; i < n; i++) {
    const open = price;
    price *= 1 + (random() + random() - 1) * 0.001;
    bars.time[i] = 1_600_000_000_000 + i * 60_000;
    bars.open[i] = open;
    bars.close[i] = price;
    bars.high[i] = Math.max(open, price) * (1 + random() * 0.0005);
    bars.low[i] = Math.min(open, price) * (1 - random() * 0.0005);
    bars.volume[i] = 1 + random();
  }
  return bars;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
