import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import { measure } from "../../test/kernels/exact/measure.ts";
import { REGIMES, type Regime } from "../../test/kernels/exact/regimes.ts";
import { MAX_ULPS, scales } from "../../test/kernels/exact/scales.ts";
import { naAfterGap } from "../../test/kernels/gap.ts";
import { paramsFor } from "../../test/kernels/inputs.ts";

/** Bars of the measured series, the same on each run. */
const BARS = 400;
const PERIOD = 20;

/** The page docs/numerics.md, measured. */
export function numericsDocs(definitions: readonly IndicatorDefinition[]): string {
  const regimes = Object.keys(REGIMES) as Regime[];
  const rows = definitions.map((definition) => {
    const errors = regimes.map((regime) => errorOf(definition, regime));
    const scale = scales[definition.name]?.name ?? "value";
    const unit = errors.every((error) => error === "exact") ? "–" : scale;
    return `| \`${definition.name}\` | ${errors.join(" | ")} | ${unit} | ${gapOf(definition)} |`;
  });
  return `${INTRODUCTION}
| indicator | ${Object.values(REGIMES).join(" | ")} | ulps of the | na after a gap |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
}

function errorOf(definition: IndicatorDefinition, regime: Regime): string {
  const { relative, ulps } = measure(definition, regime, BARS);
  if (ulps === 0) return "exact";
  const size = `${Math.max(0.1, ulps).toFixed(1)} ulp`;
  return definition.name in scales ? size : `${relative.toExponential(0)}, ${size}`;
}

function gapOf(definition: IndicatorDefinition): string {
  const bars = naAfterGap(definition, paramsFor(definition, PERIOD));
  return bars < 0 ? "none" : bars === 0 ? "the bar" : `the bar and ${bars} more`;
}

const INTRODUCTION = `# Numerics

<!-- Measured by \`npm run docs\` (scripts/numerics-docs); edit the text in page.ts there. -->

How far the indicators of [docs/indicators.md](indicators.md) are from their formulas in exact arithmetic. All numbers
are float64; an ulp is the distance of two neighbouring doubles, about 1.1e-16 to 2.2e-16 of a value, and a correctly
rounded value is off by at most half of one.

## How sums are made

- **Sums of windows** (\`sum\`, \`sma\`, and what is made of them) are correctly rounded but for rare halfway cases:
  every addition keeps what its rounding lost (TwoSum: Knuth, The Art of Computer Programming 2, 4.2.2). Nothing is
  subtracted that was added before in rounded form: a window is the tail of one block and the head of the next (van Herk), or
  slides over sums that are exact. They are so where all values lie between p and 3p, p being a power of two, as prices
  mostly do (a sum is then a number and an exact rest), and where values lie on a grid of powers of two (a sum is one of
  coarse parts and one of fine ones). So nothing drifts, and an outlier leaves no trace.
  \`sma\` is the rounded sum, divided: two roundings.
- **Deviations** (\`std_dev\`, \`variance\`, \`bollinger\`, \`bbw\`, \`correlation\`, \`linreg\`, \`wma\`) are of differences from
  a value of the window, not of mean(x²) - mean(x)². Prices of 1e9 ± 0.001 lose nothing. The dialect \`backtrader\` has the
  formula of its library on purpose, with its cancellation.
- **Mean deviations** (\`dev\`, \`cci\`) are about the exact mean up to period 256. Above, they are about the mean as it is
  rounded to a double, which is off by up to half an ulp of the price.
- **Running sums** (\`cum\`, \`obv\`) are compensated: the last of 10,000,000 sums is correctly rounded in the tests.
- **Recursive averages** (\`ema\`, \`rma\`, and \`rsi\`, \`atr\`, \`macd\`, \`dmi\`, \`tsi\`, \`trix\`, \`kama\` of them) round
  on every bar, and forget: with the weight k of the newest value an error of r per bar is never more than r / k. With
  1.5 ulp per step that is less than 0.75 · (n + 1) ulp for \`ema\` and 1.5 · n for \`rma\`, however long the series; measured
  it is far less, since roundings go both ways. The seed is the mean of the first n values, with the bits of \`sma\`.
- **Differences of averages** (\`macd\`, \`trix\`) are as exact as the averages: a few ulps of the price (or of its
  logarithm). Where the difference is itself that small, as between 1e9 ± 0.001, it has no right digit. Their errors, and
  those of oscillators that may be next to 0, are counted in ulps of their scale, named in the table.
- **Picked values** (\`highest\`, \`median\` of an odd number, \`percentile_nearest_rank\`, \`valuewhen\`, …), counts and
  events have no error at all.

Thresholds that TradingView has (1e-10 in \`cmo\`, \`mfi\`, \`dmi\`, \`rising\`, \`falling\`) are part of the formula and the
same at every price: at prices of 1e-8 they pass over changes of a hundredth of the price.

## na

An na bar poisons nothing in the dialect \`tv\`: the table says which bars it leaves na in the worst case, the na being in one
source or in all. "none" carries the last value over the gap. It is never more than the warm-up. Every na is the same
NaN, 0x7ff8000000000000, in both forms and in all dialects.

## Errors

The largest relative error (not where ulps are of a scale), then the largest error in ulps, over all outputs in dialect \`tv\`, of ${BARS} bars, period ${PERIOD} and
otherwise the default parameters, against the formula in numbers of 384 binary places (test/kernels/exact). Tests hold every
indicator to ${MAX_ULPS} ulps at each of the three sizes of prices, and after 10,000,000 bars too
(test/kernels/precision.test.ts, drift.test.ts). An exactly rounded quotient, or a middle of two prices, has 0.5 ulp.
`;
