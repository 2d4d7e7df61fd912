/** What a library computes otherwise, which is why it is not timed for that indicator. */
export interface Different {
  readonly libraries: readonly string[];
  readonly indicator: string;
  readonly why: string;
}

export const different: readonly Different[] = [
  {
    libraries: [
      "technicalindicators",
      "trading-signals",
      "indicatorts",
      "@ixjb94/indicators",
      "fast-technical-indicators",
      "TA-Lib",
    ],
    indicator: "trix",
    why: "relative change of a triple EMA of the price, not the change of one of its logarithm",
  },
  {
    libraries: [
      "technicalindicators",
      "trading-signals",
      "indicatorts",
      "@ixjb94/indicators",
      "fast-technical-indicators",
      "TA-Lib",
    ],
    indicator: "sar",
    why: "holds the stop behind the last two bars before the test for a reversal, Pine's after it",
  },
  {
    libraries: [
      "technicalindicators",
      "trading-signals",
      "indicatorts",
      "fast-technical-indicators",
    ],
    indicator: "kc",
    why: "Wilder's or a plain average of the true range, Pine's is an EMA",
  },
  {
    libraries: ["fast-technical-indicators"],
    indicator: "aroon",
    why: "a window of n bars, not n + 1",
  },
  {
    libraries: ["indicatorts"],
    indicator: "aroon",
    why: "counts the bars since the highest value changed",
  },
  { libraries: ["indicatorts"], indicator: "atr", why: "a simple average of the true range" },
  {
    libraries: ["indicatorts"],
    indicator: "cci",
    why: "an average of each bar's distance from its own mean",
  },
  {
    libraries: ["indicatorts"],
    indicator: "mfi",
    why: "a flow goes up where price times volume rose",
  },
  {
    libraries: ["TA-Lib"],
    indicator: "highestbars",
    why: "the newest of equal values, ours the oldest",
  },
  {
    libraries: ["TA-Lib"],
    indicator: "lowestbars",
    why: "the newest of equal values, ours the oldest",
  },
  { libraries: ["TA-Lib"], indicator: "cmo", why: "Wilder's averages instead of sums" },
];
