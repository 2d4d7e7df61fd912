import type { CoreExpr } from "../core.ts";
import { fn, unsupported } from "./declare.ts";
import type { Fragments } from "./fragments.ts";
import type { Signature, SignatureType, Variable } from "./signature.ts";
import { constant, made } from "./variables.ts";

/** What the data tell of symbol and interval. The field is the full name. */
function chart(name: string, type: SignatureType, field = name): Variable {
  return { name, type, qualifier: "simple", value: { to: "chart", field } };
}

const SYMBOL_TEXTS = [
  "ticker",
  "tickerid",
  "prefix",
  "root",
  "currency",
  "basecurrency",
  "description",
  "type",
  "session",
  "timezone",
  "volumetype",
  "country",
  "sector",
  "industry",
];
const SYMBOL_NUMBERS = ["mintick", "pointvalue", "mincontract"];
const SYMBOL_INTS = ["minmove", "pricescale"];
const TIMEFRAME_BOOLS = [
  "isintraday",
  "isdaily",
  "isweekly",
  "ismonthly",
  "isdwm",
  "isminutes",
  "isseconds",
];
/** Kinds of chart that are not drawn here. */
const OTHER_CHARTS = ["heikinashi", "renko", "linebreak", "kagi", "pnf", "range"];

/** From version 6 on `timeframe.period` of a day is "1D", before "D". */
export const chartVariables = (version: number): readonly Variable[] => [
  ...SYMBOL_TEXTS.map((name) => chart(`syminfo.${name}`, "text")),
  ...SYMBOL_NUMBERS.map((name) => chart(`syminfo.${name}`, "float")),
  ...SYMBOL_INTS.map((name) => chart(`syminfo.${name}`, "int")),
  chart(
    "timeframe.period",
    "text",
    version >= 6 ? "timeframe.period" : "timeframe.period_without_one",
  ),
  chart(
    "timeframe.main_period",
    "text",
    version >= 6 ? "timeframe.period" : "timeframe.period_without_one",
  ),
  chart("timeframe.multiplier", "int"),
  ...TIMEFRAME_BOOLS.map((name) => chart(`timeframe.${name}`, "bool")),
  constant("timeframe.isticks", false),
  chart("last_bar_time", "int"),
  constant("chart.is_standard", true),
  ...OTHER_CHARTS.map((kind) => constant(`chart.is_${kind}`, false)),
  made("barstate.isfirst", "bool", (f) => f.eq(f.field("bar_index"), 0)),
  made("barstate.islast", "bool", (f) => f.eq(f.field("bar_index"), f.field("last_bar_index"))),
  made("barstate.islastconfirmedhistory", "bool", (f) =>
    f.eq(f.field("bar_index"), f.field("last_bar_index")),
  ),
  // Every bar here is a closed one of the past.
  constant("barstate.ishistory", true),
  constant("barstate.isrealtime", false),
  constant("barstate.isnew", true),
  constant("barstate.isconfirmed", true),
  constant("session.regular", "regular"),
  constant("session.extended", "extended"),
  constant("session.ismarket", true),
  constant("session.ispremarket", false),
  constant("session.ispostmarket", false),
  made("session.isfirstbar", "bool", firstOfDay),
  made("session.isfirstbar_regular", "bool", firstOfDay),
  ...["bid", "ask"].map(
    (name): Variable => ({
      name,
      type: "float",
      qualifier: "series",
      value: unsupported("bars have no quotes; take `close`"),
    }),
  ),
  ...["session.islastbar", "session.islastbar_regular"].map(
    (name): Variable => ({
      name,
      type: "bool",
      qualifier: "series",
      value: unsupported(
        "the last bar of a session is known only after it; compare the clock time",
      ),
    }),
  ),
];

function firstOfDay(f: Fragments): CoreExpr {
  const first = f.eq(f.field("bar_index"), 0);
  return f.or(first, f.calendar("timeframe_change", f.constant("1D")));
}

export const requestFunctions = (): readonly Signature[] => [
  fn(
    "request.security(simple text symbol, simple text timeframe|resolution, any expression, simple bool gaps = false, simple bool lookahead = false, simple bool ignore_invalid_symbol = false, simple text currency?, simple int calc_bars_count?) -> any",
    { to: "security", form: "security" },
  ),
  fn(
    "request.security_lower_tf(simple text symbol, simple text timeframe, any expression, simple bool ignore_invalid_symbol = false, simple text currency?, simple bool ignore_invalid_timeframe = false, simple int calc_bars_count?) -> array<any>",
    { to: "security", form: "security_lower_tf" },
  ),
  fn("ticker.heikinashi(simple text symbol) -> text", { to: "security", form: "heikinashi" }),
  ...["standard", "inherit", "modify", "new", "renko", "linebreak", "kagi", "pointfigure"].map(
    (name) =>
      fn(`ticker.${name}(any argument...) -> text`, {
        to: "security",
        form: "other",
      }),
  ),
];
