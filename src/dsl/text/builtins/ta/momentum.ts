import { fn, indicator } from "../declare.ts";
import { fragments } from "../fragments.ts";
import type { Signature } from "../signature.ts";

export const momentum = (): readonly Signature[] => [
  fn(
    "ta.rsi(float source|x, simple int length|y) -> float",
    indicator("rsi", ["source"], ["length"]),
  ),
  fn(
    "ta.macd(float source, simple int fastlen|fastLength, simple int slowlen|slowLength, simple int siglen|signalLength) -> [float, float, float]",
    indicator(
      "macd",
      ["source"],
      ["fastlen", "slowlen", "siglen"],
      ["macd", "signal", "histogram"],
    ),
  ),
  fn(
    "ta.stoch(float source, float high, float low, int length) -> float",
    indicator("stoch", ["source", "high", "low"], ["length"]),
  ),
  fn("ta.cci(float source, int length) -> float", indicator("cci", ["source"], ["length"])),
  fn("ta.cmo(float series|source, int length) -> float", indicator("cmo", ["series"], ["length"])),
  fn(
    "ta.mfi(float series|source, int length) -> float",
    indicator("mfi", ["series", ".volume"], ["length"]),
  ),
  fn("ta.mom(float source, int length) -> float", indicator("mom", ["source"], ["length"])),
  fn("ta.roc(float source, int length) -> float", indicator("roc", ["source"], ["length"])),
  fn(
    "ta.tsi(float source, simple int short_length, simple int long_length) -> float",
    indicator("tsi", ["source"], ["short_length", "long_length"]),
  ),
  fn("ta.wpr(int length) -> float", indicator("wpr", [".high", ".low", ".close"], ["length"])),
  fn("ta.cog(float source, int length) -> float", {
    to: "expression",
    // Σ (i + 1) · x[i] = (n + 1) · sum - n · (n + 1) / 2 · wma
    make: ([source, length], scope) => {
      const f = fragments(scope);
      const x = f.bind(source!);
      const n = f.once(length!);
      const sum = f.indicator("sum", [x], [n]);
      const weighted = f.mul(f.div(n, 2), f.div(f.indicator("wma", [x], [n]), sum));
      return f.mul(f.add(n, 1), f.sub(weighted, 1));
    },
  }),
];
