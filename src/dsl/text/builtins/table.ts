import { arrayFunctions } from "./arrays.ts";
import { calendarFunctions, calendarVariables } from "./calendar.ts";
import { chartVariables, requestFunctions } from "./chart.ts";
import { drawingFunctions, drawingVariables } from "./drawing.ts";
import { inputs } from "./inputs.ts";
import { ledgerFunctions, ledgerVariables, strategyConstants, tradeReads } from "./ledger.ts";
import { inputTypes, legacyFunctions } from "./legacy.ts";
import { mapFunctions } from "./maps.ts";
import { mathFunctions } from "./math.ts";
import { matrixFunctions } from "./matrices.ts";
import { strategyFunction } from "./settings.ts";
import type { Signature, Variable } from "./signature.ts";
import { orders } from "./strategy.ts";
import { stringFunctions } from "./strings.ts";
import { averages } from "./ta/averages.ts";
import { conditions } from "./ta/conditions.ts";
import { momentum } from "./ta/momentum.ts";
import { ranges, rangeVariables } from "./ta/ranges.ts";
import { statistics } from "./ta/statistics.ts";
import { volumeFunctions, volumeVariables } from "./ta/volume.ts";
import { bars } from "./variables.ts";

/** Every function that a script of a version may call, under its latest name; overloads in the order of trial. */
export const functionsOf = (version: number): readonly Signature[] => [
  ...averages(),
  ...momentum(),
  ...ranges(),
  ...conditions(),
  ...statistics(),
  ...volumeFunctions(),
  ...mathFunctions(),
  ...stringFunctions(),
  ...arrayFunctions(),
  ...mapFunctions(),
  ...matrixFunctions(),
  ...calendarFunctions(),
  ...requestFunctions(),
  strategyFunction(),
  ...orders(version),
  ...tradeReads(),
  ...ledgerFunctions(),
  ...inputs(version),
  ...drawingFunctions(),
  ...(version <= 4 ? legacyFunctions() : []),
];

/** Every variable and constant that a script of a version may name, under its latest name. */
export const variablesOf = (version: number): readonly Variable[] => [
  ...bars(),
  ...rangeVariables(),
  ...volumeVariables(),
  ...calendarVariables(),
  ...chartVariables(version),
  ...ledgerVariables(),
  ...strategyConstants(version),
  ...drawingVariables(),
  ...(version <= 4 ? inputTypes() : []),
];
