import { fn, indicator } from "../declare.ts";
import type { Signature, Variable } from "../signature.ts";
import { made } from "../variables.ts";

const BARS = [".high", ".low", ".close"];
const BANDS = ["middle", "upper", "lower"];

/** Unlike ta.tr(true), na on the first bar. */
export const rangeVariables = (): readonly Variable[] => [
  made("ta.tr", "float", (f) =>
    f.indicator("tr", [f.field("high"), f.field("low"), f.field("close")], [0]),
  ),
];

export const ranges = (): readonly Signature[] => [
  fn("ta.highest(float source, int length) -> float", indicator("highest", ["source"], ["length"])),
  fn("ta.highest(int length) -> float", indicator("highest", [".high"], ["length"])),
  fn("ta.lowest(float source, int length) -> float", indicator("lowest", ["source"], ["length"])),
  fn("ta.lowest(int length) -> float", indicator("lowest", [".low"], ["length"])),
  fn(
    "ta.highestbars(float source, int length) -> int",
    indicator("highestbars", ["source"], ["length"]),
  ),
  fn("ta.highestbars(int length) -> int", indicator("highestbars", [".high"], ["length"])),
  fn(
    "ta.lowestbars(float source, int length) -> int",
    indicator("lowestbars", ["source"], ["length"]),
  ),
  fn("ta.lowestbars(int length) -> int", indicator("lowestbars", [".low"], ["length"])),
  fn(
    "ta.pivothigh(float source, int leftbars, int rightbars) -> float",
    indicator("pivothigh", ["source"], ["leftbars", "rightbars"]),
  ),
  fn(
    "ta.pivothigh(int leftbars, int rightbars) -> float",
    indicator("pivothigh", [".high"], ["leftbars", "rightbars"]),
  ),
  fn(
    "ta.pivotlow(float source, int leftbars, int rightbars) -> float",
    indicator("pivotlow", ["source"], ["leftbars", "rightbars"]),
  ),
  fn(
    "ta.pivotlow(int leftbars, int rightbars) -> float",
    indicator("pivotlow", [".low"], ["leftbars", "rightbars"]),
  ),
  fn("ta.atr(simple int length) -> float", indicator("atr", BARS, ["length"])),
  fn("ta.tr(simple bool handle_na|handle = false) -> float", indicator("tr", BARS, ["handle_na"])),
  fn(
    "ta.bb(float series|source, int length, simple float mult) -> [float, float, float]",
    indicator("bollinger", ["series"], ["length", "mult"], BANDS),
  ),
  fn(
    "ta.bbw(float series|source, int length, simple float mult) -> float",
    indicator("bbw", ["series"], ["length", "mult"]),
  ),
  fn(
    "ta.kc(float series|source, simple int length, simple float mult, simple bool useTrueRange = true) -> [float, float, float]",
    indicator("kc", ["series", ...BARS], ["length", "mult", "useTrueRange"], BANDS),
  ),
  fn(
    "ta.kcw(float series|source, simple int length, simple float mult, simple bool useTrueRange = true) -> float",
    indicator("kcw", ["series", ...BARS], ["length", "mult", "useTrueRange"]),
  ),
  fn(
    "ta.dmi(simple int diLength, simple int adxSmoothing) -> [float, float, float]",
    indicator("dmi", BARS, ["diLength", "adxSmoothing"], ["plus", "minus", "adx"]),
  ),
  fn(
    "ta.supertrend(float factor, simple int atrPeriod) -> [float, int]",
    indicator("supertrend", BARS, ["atrPeriod", "factor"], ["value", "direction"]),
  ),
  fn(
    "ta.sar(simple float start, simple float inc, simple float max) -> float",
    indicator("sar", BARS, ["start", "inc", "max"]),
  ),
];
