/** Bars as columns; `typical` is the mean of high, low and close. */
export interface Bars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly typical: Float64Array;
}

/** How a close follows the one before it; `noise` is even between -1 and 1. */
type Step = (close: number, noise: number, bar: number) => number;

const cents = (price: number) => Math.round(price * 100) / 100;

const STEPS = {
  walk: (close, noise) => cents(close * (1 + 0.001 * noise)),
  // 300 bars up or down, then 300 that go nowhere.
  "trend and chop": (close, noise, bar) => {
    const leg = Math.floor(bar / 300) % 4;
    const drift = leg === 0 ? 0.0005 : leg === 2 ? -0.0005 : 0;
    return close * (1 + drift + 0.001 * noise);
  },
  monotone: (close, noise) => close + 0.01 * (1.5 + noise),
  constant: (close) => close,
  // A tick up or down in one bar of three.
  ties: (close, noise) =>
    Math.abs(noise) < 2 / 3 ? close : Math.max(50, close + Math.sign(noise)),
} as const satisfies Record<string, Step>;

export type Shape = keyof typeof STEPS;
export const SHAPES = Object.keys(STEPS) as readonly Shape[];

/** The same bars in every run. */
export function barsOf(shape: Shape, length: number): Bars {
  const random = noise();
  const column = () => new Float64Array(length);
  const bars = {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    typical: column(),
  };
  const step: Step = STEPS[shape];
  const flat = shape === "constant";
  let last = 100;
  for (let i = 0; i < length; i++) {
    const close = step(last, random(), i);
    const reach = flat ? 0 : shape === "ties" ? Math.round(0.7 + 0.7 * random()) : 0.0005 * close;
    const wick = shape === "ties" ? reach : reach * (1 + random());
    bars.open[i] = last;
    bars.close[i] = close;
    bars.high[i] = Math.max(last, close) + wick;
    bars.low[i] = Math.min(last, close) - (shape === "ties" ? reach : reach * (1 + random()));
    bars.volume[i] = Math.round(500 * (1 + random())) + 1;
    bars.typical[i] = (bars.high[i] + bars.low[i] + close) / 3;
    last = close;
  }
  return bars;
}

function noise(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
}
