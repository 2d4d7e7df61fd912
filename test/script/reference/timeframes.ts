import type { SlowBars } from "./broker.ts";

const DAY = 86_400_000;

export interface Timeframe {
  readonly multiplier: number;
  /** "S", "" for minutes, "D", "W", "M". */
  readonly unit: string;
}

/** "60", "D", "2W", "30S", "1M". */
export function timeframeOf(text: string): Timeframe {
  const [, digits, unit] = /^(\d*)([SDWM]?)$/.exec(text) ?? [];
  if (unit === undefined) throw new Error(`no timeframe: "${text}"`);
  return { multiplier: digits === "" ? 1 : Number(digits), unit };
}

/** When the bar of a timeframe that a time falls into begins; UTC. */
export function startOf({ multiplier, unit }: Timeframe, time: number): number {
  const date = new Date(time);
  if (unit === "M") {
    const months = 12 * date.getUTCFullYear() + date.getUTCMonth();
    return monthStart(months - (months % multiplier));
  }
  const length = multiplier * ({ S: 1000, "": 60_000, D: DAY, W: 7 * DAY }[unit] ?? 0);
  // Weeks begin on Mondays; 1970-01-05 was one.
  const origin = unit === "W" ? 4 * DAY : 0;
  return Math.floor((time - origin) / length) * length + origin;
}

function monthStart(months: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(months / 12), months % 12, 1);
  return date.getTime();
}

/** Bars of a longer timeframe, and for each bar of the chart the number of the one that it lies in. */
export function grouped(bars: SlowBars, timeframe: Timeframe): { bars: SlowBars; of: number[] } {
  const made = {
    time: [] as number[],
    open: [] as number[],
    high: [] as number[],
    low: [] as number[],
    close: [] as number[],
    volume: [] as number[],
  };
  const of: number[] = [];
  for (let i = 0; i < bars.time.length; i++) {
    const start = startOf(timeframe, bars.time[i]);
    const at = made.time.length - 1;
    if (at < 0 || made.time[at] !== start) {
      made.time.push(start);
      for (const name of ["open", "high", "low", "close", "volume"] as const)
        made[name].push(bars[name][i]);
    } else {
      made.high[at] = Math.max(made.high[at], bars.high[i]);
      made.low[at] = Math.min(made.low[at], bars.low[i]);
      made.close[at] = bars.close[i];
      made.volume[at] += bars.volume[i];
    }
    of.push(made.time.length - 1);
  }
  return { bars: made, of };
}

/** Each bar from the four prices of the chart's and the one before: SEMANTICS calls it heikin-ashi. */
export function heikinAshi(bars: SlowBars): SlowBars {
  const open: number[] = [];
  const close: number[] = [];
  const high: number[] = [];
  const low: number[] = [];
  for (let i = 0; i < bars.time.length; i++) {
    close[i] = (bars.open[i] + bars.high[i] + bars.low[i] + bars.close[i]) / 4;
    open[i] = i === 0 ? (bars.open[0] + bars.close[0]) / 2 : (open[i - 1] + close[i - 1]) / 2;
    high[i] = Math.max(bars.high[i], open[i], close[i]);
    low[i] = Math.min(bars.low[i], open[i], close[i]);
  }
  return { time: bars.time, open, high, low, close, volume: bars.volume };
}
