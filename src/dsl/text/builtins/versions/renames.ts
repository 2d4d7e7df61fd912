import { COLOR_NAMES } from "../drawing.ts";
import { INPUT_TYPE_NAMES } from "../legacy.ts";

/** Old names and what they are called since, of functions and of variables. Names that did not change are left out. */
export interface Renames {
  readonly functions: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

/** From version 4 to 5: namespaces. */
const IN_5: Renames = {
  functions: {
    ...prefixed(
      "ta.",
      `alma atr barssince bb bbw cci change cmo cog correlation cross crossover crossunder cum dev dmi ema falling highest
      highestbars hma kc kcw linreg lowest lowestbars macd median mfi mode mom percentile_linear_interpolation
      percentile_nearest_rank percentrank pivothigh pivotlow range rising rma roc rsi sar sma stdev stoch supertrend swma tr
      tsi valuewhen variance vwap vwma wma wpr`,
    ),
    ...prefixed(
      "math.",
      `abs acos asin atan avg ceil cos exp floor log log10 max min pow random round round_to_mintick sign sin sqrt sum tan
      todegrees toradians`,
    ),
    ...prefixed("request.", "security financial quandl splits dividends earnings"),
    ...prefixed("ticker.", "heikinashi renko linebreak kagi pointfigure"),
    ...prefixed("str.", "tostring tonumber"),
    study: "indicator",
    tickerid: "ticker.new",
  },
  variables: prefixed("ta.", "accdist iii nvi obv pvi pvt tr vwap wad wvad"),
};

/** From version 3 to 4: constants move into namespaces. */
const IN_4: Renames = {
  functions: { color: "color.new", heikenashi: "ticker.heikinashi" },
  variables: {
    ...prefixed("color.", COLOR_NAMES.join(" ")),
    ...prefixed("plot.style_", "line linebr stepline histogram cross area areabr columns circles"),
    ...prefixed("hline.style_", "solid dotted dashed"),
    ...prefixed("input.", INPUT_TYPE_NAMES.filter((name) => name !== "time").join(" ")),
    ...prefixed("dayofweek.", "sunday monday tuesday wednesday thursday friday saturday"),
    ...prefixed("timeframe.", "period isintraday isdaily isweekly ismonthly isdwm"),
    ...prefixed("syminfo.", "ticker tickerid"),
    interval: "timeframe.multiplier",
    n: "bar_index",
  },
};

/** Bare colours and input types, which scripts that were marked as version 4 by hand still have. */
const LEFT_IN_4: Renames = {
  functions: {},
  variables: {
    ...prefixed("color.", COLOR_NAMES.join(" ")),
    ...prefixed(
      "input.",
      INPUT_TYPE_NAMES.filter((name) => !["color", "time"].includes(name)).join(" "),
    ),
  },
};

/** What the old names of a version are called in the latest. `color` is a type from version 4 on, and so no input type. */
export function renamesOf(version: number): Renames {
  const steps = [
    ...(version <= 3 ? [IN_4] : []),
    ...(version === 4 ? [LEFT_IN_4] : []),
    ...(version <= 4 ? [IN_5] : []),
  ];
  return {
    functions: Object.assign({}, ...steps.map((step) => step.functions)),
    variables: Object.assign({}, ...steps.map((step) => step.variables)),
  };
}

function prefixed(prefix: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, `${prefix}${name}`]));
}
