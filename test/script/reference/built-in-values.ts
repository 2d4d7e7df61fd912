import { civil } from "./calendar.ts";
import type { Machine } from "./site.ts";
import { PARTS } from "./time-functions.ts";
import { startOf, timeframeOf } from "./timeframes.ts";
import { na, type Value } from "./values.ts";

const CONSTANTS: Readonly<Record<string, Value>> = {
  na,
  "math.pi": Math.PI,
  "math.e": Math.E,
  "math.phi": 1.618033988749895,
  "strategy.long": true,
  "strategy.short": false,
  "strategy.fixed": "fixed",
  "strategy.cash": "cash",
  "strategy.percent_of_equity": "percent_of_equity",
  "strategy.commission.percent": "percent",
  "strategy.commission.cash_per_contract": "cash_per_contract",
  "strategy.commission.cash_per_order": "cash_per_order",
  "strategy.oca.none": "none",
  "strategy.oca.cancel": "cancel",
  "strategy.oca.reduce": "reduce",
  "strategy.direction.all": "all",
  "strategy.direction.long": "long",
  "strategy.direction.short": "short",
  "dayofweek.sunday": 1,
  "dayofweek.monday": 2,
  "dayofweek.tuesday": 3,
  "dayofweek.wednesday": 4,
  "dayofweek.thursday": 5,
  "dayofweek.friday": 6,
  "dayofweek.saturday": 7,
  "barmerge.gaps_on": true,
  "barmerge.gaps_off": false,
  "barmerge.lookahead_on": true,
  "barmerge.lookahead_off": false,
};

/** Words that only name an option: `input.integer`, `plot.style_line`, `order.ascending`. */
const OPTION =
  /^(input|plot|shape|location|size|extend|xloc|yloc|text|display|format|scale|hline|label|line|position|font|currency|order|alert|color)\./;

/** The value that a series of the language has on a bar, or undefined where the name is none of ours. */
export function builtInSeries(
  name: string,
  { bars, bar, chart }: Machine,
  at = bar,
): Value | undefined {
  if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name];
  const inside = at >= 0 && at < bars.time.length;
  const field = (column: ArrayLike<number>) => (inside ? column[at] : na);
  switch (name) {
    case "open":
      return field(bars.open);
    case "high":
      return field(bars.high);
    case "low":
      return field(bars.low);
    case "close":
      return field(bars.close);
    case "volume":
      return field(bars.volume);
    case "time":
      return field(bars.time);
    case "time_close":
      return inside ? bars.time[at] + barLength(bars.time) : na;
    case "hl2":
      return (field(bars.high) + field(bars.low)) / 2;
    case "hlc3":
      return (field(bars.high) + field(bars.low) + field(bars.close)) / 3;
    case "ohlc4":
      return (field(bars.open) + field(bars.high) + field(bars.low) + field(bars.close)) / 4;
    case "hlcc4":
      return (field(bars.high) + field(bars.low) + field(bars.close) + field(bars.close)) / 4;
    case "bar_index":
      return inside ? at : na;
    case "last_bar_index":
      return bars.time.length - 1;
    case "barstate.isfirst":
      return at === 0;
    case "barstate.islast":
    case "barstate.islastconfirmedhistory":
      return at === bars.time.length - 1;
    case "barstate.isconfirmed":
    case "barstate.ishistory":
    case "barstate.isnew":
      return true;
    case "barstate.isrealtime":
      return false;
    case "ta.tr": {
      if (!inside || at === 0) return na;
      const before = bars.close[at - 1];
      const [high, low] = [bars.high[at], bars.low[at]];
      return Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
    }
    case "time_tradingday":
      return inside ? startOf({ multiplier: 1, unit: "D" }, bars.time[at]) : na;
    case "syminfo.mintick":
      return chart.tick;
    case "syminfo.pointvalue":
      return 1;
    case "syminfo.ticker":
    case "syminfo.tickerid":
    case "syminfo.root":
      return chart.ticker;
    case "syminfo.prefix":
    case "syminfo.basecurrency":
      return "";
    case "syminfo.type":
      return "crypto";
    case "syminfo.timezone":
      return chart.timezone;
    case "syminfo.currency":
      return "USD";
    case "syminfo.session":
      return "regular";
    case "timeframe.period":
      return chart.timeframe;
    case "timeframe.multiplier":
      return timeframeOf(chart.timeframe).multiplier;
    case "timeframe.isminutes":
      return timeframeOf(chart.timeframe).unit === "";
    case "timeframe.isintraday":
      return ["", "S"].includes(timeframeOf(chart.timeframe).unit);
    case "timeframe.isdaily":
      return timeframeOf(chart.timeframe).unit === "D";
    case "timeframe.isweekly":
      return timeframeOf(chart.timeframe).unit === "W";
    case "timeframe.ismonthly":
      return timeframeOf(chart.timeframe).unit === "M";
    case "timeframe.isdwm":
      return ["D", "W", "M"].includes(timeframeOf(chart.timeframe).unit);
    case "timeframe.isseconds":
      return timeframeOf(chart.timeframe).unit === "S";
  }
  if (Object.hasOwn(PARTS, name))
    return inside ? PARTS[name](civil(bars.time[at], chart.timezone)) : na;
  return OPTION.test(name) ? name : undefined;
}

/** The most common step between bars. */
export function barLength(time: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < time.length; i++) {
    const step = time[i] - time[i - 1];
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 60_000;
}
