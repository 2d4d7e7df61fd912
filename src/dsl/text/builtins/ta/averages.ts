import { fn, indicator } from "../declare.ts";
import type { Signature } from "../signature.ts";

export const averages = (): readonly Signature[] => [
  fn("ta.sma(float source|x, int length|y) -> float", indicator("sma", ["source"], ["length"])),
  fn(
    "ta.ema(float source|x, simple int length|y) -> float",
    indicator("ema", ["source"], ["length"]),
  ),
  fn(
    "ta.rma(float source|x, simple int length|y) -> float",
    indicator("rma", ["source"], ["length"]),
  ),
  fn("ta.wma(float source|x, int length|y) -> float", indicator("wma", ["source"], ["length"])),
  fn(
    "ta.vwma(float source|x, int length|y) -> float",
    indicator("vwma", ["source", ".volume"], ["length"]),
  ),
  fn("ta.swma(float source|x) -> float", indicator("swma", ["source"])),
  fn("ta.hma(float source, simple int length) -> float", indicator("hma", ["source"], ["length"])),
  fn(
    "ta.alma(float series|source, int length, simple float offset, simple float sigma, simple bool floor = false) -> float",
    indicator("alma", ["series"], ["length", "offset", "sigma"]),
  ),
  fn(
    "ta.linreg(float source|x, int length|y, simple int offset|o) -> float",
    indicator("linreg", ["source"], ["length", "offset"]),
  ),
];
