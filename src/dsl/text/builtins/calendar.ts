import type { CalendarExpr } from "../core.ts";
import { fn, unsupported } from "./declare.ts";
import { fragments } from "./fragments.ts";
import type { Meaning, Signature, Variable } from "./signature.ts";
import { constant, made } from "./variables.ts";

const PARTS = [
  "year",
  "month",
  "weekofyear",
  "dayofmonth",
  "dayofweek",
  "hour",
  "minute",
  "second",
] as const;
const calendar = (name: CalendarExpr["fn"]): Meaning => ({ to: "calendar", fn: name });
const DATE = "int year, int month, int day, int hour = 0, int minute = 0, int second = 0";

/** Time zones left out are those of the exchange. */
export const calendarFunctions = (): readonly Signature[] => [
  ...PARTS.map((part) => fn(`${part}(int time, text timezone?) -> int`, calendar(part))),
  fn(
    "time(text timeframe|resolution, text session?, text timezone?) -> int",
    calendar("time_session"),
  ),
  fn(
    "time_close(text timeframe|resolution, text session?, text timezone?) -> int",
    calendar("time_close_session"),
  ),
  fn("timestamp(const text dateString) -> int", calendar("timestamp")),
  fn(`timestamp(text timezone, ${DATE}) -> int`, calendar("timestamp")),
  fn(`timestamp(${DATE}) -> int`, calendar("timestamp")),
  fn("timeframe.change(simple text timeframe) -> bool", calendar("timeframe_change")),
  fn("timeframe.in_seconds() -> int", {
    to: "expression",
    make: (_, scope) => fragments(scope).chart("timeframe.in_seconds", "int"),
  }),
  fn("timeframe.in_seconds(simple text timeframe) -> int", {
    to: "string",
    fn: "timeframe_in_seconds",
  }),
  fn("timeframe.from_seconds(simple int seconds) -> text", {
    to: "string",
    fn: "timeframe_from_seconds",
  }),
];

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

export const calendarVariables = (): readonly Variable[] => [
  ...PARTS.map((part) => made(part, "int", (f) => f.calendar(part, f.field("time")))),
  made("time_tradingday", "int", (f) => f.calendar("time_tradingday", f.field("time"))),
  ...DAYS.map((day, i) => constant(`dayofweek.${day}`, i + 1)),
  {
    name: "timenow",
    type: "int",
    qualifier: "series",
    value: unsupported("a backtest has no present; compare with `time` or an input.time"),
  },
];
