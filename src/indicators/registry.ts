import type { KernelTable } from "../vector/kernel.ts";
import { almaDefinition } from "./alma.ts";
import { aroonDefinition } from "./aroon.ts";
import { atrDefinition } from "./atr.ts";
import { barssinceDefinition } from "./barssince.ts";
import { bbwDefinition } from "./bbw.ts";
import { bollingerDefinition } from "./bollinger.ts";
import { cciDefinition } from "./cci.ts";
import { changeDefinition } from "./change.ts";
import { cmoDefinition } from "./cmo.ts";
import { correlationDefinition } from "./correlation.ts";
import { crossDefinition } from "./cross.ts";
import { crossoverDefinition } from "./crossover.ts";
import { crossunderDefinition } from "./crossunder.ts";
import { cumDefinition } from "./cum.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { demaDefinition } from "./dema.ts";
import { devDefinition } from "./dev.ts";
import { dmiDefinition } from "./dmi.ts";
import { donchianDefinition } from "./donchian.ts";
import { emaDefinition } from "./ema.ts";
import { fallingDefinition } from "./falling.ts";
import { heikinAshiDefinition } from "./heikin-ashi.ts";
import { highestDefinition } from "./highest.ts";
import { highestbarsDefinition } from "./highestbars.ts";
import { hmaDefinition } from "./hma.ts";
import { ichimokuDefinition } from "./ichimoku.ts";
import { kamaDefinition } from "./kama.ts";
import { kcDefinition } from "./kc.ts";
import { kcwDefinition } from "./kcw.ts";
import { linregDefinition } from "./linreg.ts";
import { lowestDefinition } from "./lowest.ts";
import { lowestbarsDefinition } from "./lowestbars.ts";
import { macdDefinition } from "./macd.ts";
import { medianDefinition } from "./median.ts";
import { mfiDefinition } from "./mfi.ts";
import { modeDefinition } from "./mode.ts";
import { momDefinition } from "./mom.ts";
import { obvDefinition } from "./obv.ts";
import { percentileLinearInterpolationDefinition } from "./percentile-linear-interpolation.ts";
import { percentileNearestRankDefinition } from "./percentile-nearest-rank.ts";
import { percentrankDefinition } from "./percentrank.ts";
import { pivothighDefinition } from "./pivothigh.ts";
import { pivotlowDefinition } from "./pivotlow.ts";
import { rangeDefinition } from "./range.ts";
import { risingDefinition } from "./rising.ts";
import { rmaDefinition } from "./rma.ts";
import { rocDefinition } from "./roc.ts";
import { rsiDefinition } from "./rsi.ts";
import { sarDefinition } from "./sar.ts";
import { smaDefinition } from "./sma.ts";
import { stdDevDefinition } from "./std-dev.ts";
import { stochDefinition } from "./stoch.ts";
import { stochrsiDefinition } from "./stochrsi.ts";
import { sumDefinition } from "./sum.ts";
import { supertrendDefinition } from "./supertrend.ts";
import { swmaDefinition } from "./swma.ts";
import { temaDefinition } from "./tema.ts";
import { trDefinition } from "./tr.ts";
import { trixDefinition } from "./trix.ts";
import { tsiDefinition } from "./tsi.ts";
import { valuewhenDefinition } from "./valuewhen.ts";
import { varianceDefinition } from "./variance.ts";
import { vwapDefinition } from "./vwap.ts";
import { vwmaDefinition } from "./vwma.ts";
import { wmaDefinition } from "./wma.ts";
import { wprDefinition } from "./wpr.ts";

/** Every indicator of the language, by name: the only list of them. */
export const indicators: readonly IndicatorDefinition[] = [
  almaDefinition,
  aroonDefinition,
  atrDefinition,
  barssinceDefinition,
  bbwDefinition,
  bollingerDefinition,
  cciDefinition,
  changeDefinition,
  cmoDefinition,
  correlationDefinition,
  crossDefinition,
  crossoverDefinition,
  crossunderDefinition,
  cumDefinition,
  demaDefinition,
  devDefinition,
  dmiDefinition,
  donchianDefinition,
  emaDefinition,
  fallingDefinition,
  heikinAshiDefinition,
  highestDefinition,
  highestbarsDefinition,
  hmaDefinition,
  ichimokuDefinition,
  kamaDefinition,
  kcDefinition,
  kcwDefinition,
  linregDefinition,
  lowestDefinition,
  lowestbarsDefinition,
  macdDefinition,
  medianDefinition,
  mfiDefinition,
  modeDefinition,
  momDefinition,
  obvDefinition,
  percentileLinearInterpolationDefinition,
  percentileNearestRankDefinition,
  percentrankDefinition,
  pivothighDefinition,
  pivotlowDefinition,
  rangeDefinition,
  risingDefinition,
  rmaDefinition,
  rocDefinition,
  rsiDefinition,
  sarDefinition,
  smaDefinition,
  stdDevDefinition,
  stochDefinition,
  stochrsiDefinition,
  sumDefinition,
  supertrendDefinition,
  swmaDefinition,
  temaDefinition,
  trDefinition,
  trixDefinition,
  tsiDefinition,
  valuewhenDefinition,
  varianceDefinition,
  vwapDefinition,
  vwmaDefinition,
  wmaDefinition,
  wprDefinition,
];

export function indicator(name: string): IndicatorDefinition | undefined {
  return indicators.find((definition) => definition.name === name);
}

/** The planner's way to a kernel; the name was checked before. */
export const kernelOf: KernelTable = (name, dialect) => {
  const definition = indicator(name);
  if (definition === undefined) throw new Error(`no indicator is called ${name}`);
  return definition.kernel(dialect);
};
