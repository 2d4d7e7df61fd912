/** What versions before 5 called the functions and variables of the language; our own short table. */
const MATH =
  "abs acos asin atan avg ceil cos exp floor log log10 max min pow round sign sin sqrt tan todegrees toradians sum".split(
    " ",
  );
const TA =
  "sma ema rma wma hma vwma swma alma linreg rsi macd bb bbw kc kcw atr tr stdev dev variance highest lowest highestbars lowestbars crossover crossunder cross change mom roc cci stoch mfi cmo tsi wpr supertrend sar dmi vwap obv barssince valuewhen pivothigh pivotlow rising falling cum median mode percentrank correlation range".split(
    " ",
  );
const OTHER: Readonly<Record<string, string>> = {
  tostring: "str.tostring",
  tonumber: "str.tonumber",
  security: "request.security",
  study: "indicator",
  n: "bar_index",
  tickerid: "syminfo.tickerid",
  ticker: "syminfo.ticker",
  period: "timeframe.period",
  interval: "timeframe.multiplier",
  isintraday: "timeframe.isintraday",
  isdaily: "timeframe.isdaily",
  isdwm: "timeframe.isdwm",
  heikinashi: "ticker.heikinashi",
  heikenashi: "ticker.heikinashi",
};

const COLOURS =
  "aqua black blue fuchsia gray green lime maroon navy olive orange purple red silver teal white yellow".split(
    " ",
  );

const OLD = new Map<string, string>([
  ...MATH.map((name) => [name, `math.${name}`] as const),
  ...TA.map((name) => [name, `ta.${name}`] as const),
  ...Object.entries(OTHER),
]);

/** The present name of a name. */
export function presentName(name: string, version: number): string {
  if (version <= 4 && COLOURS.includes(name)) return `color.${name}`;
  return version < 5 ? (OLD.get(name) ?? name) : name;
}

/** What draws, tells or colours: nothing that orders could depend on. */
const DRAWING =
  /^(plot(shape|char|arrow|bar|candle)?|hline|fill|bgcolor|barcolor|alert(condition)?|max_bars_back|(label|line|box|table|linefill|polyline|log|color|runtime)\..*)$/;

export function draws(name: string): boolean {
  return DRAWING.test(name);
}
