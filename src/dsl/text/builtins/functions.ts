import { inputs } from "./inputs.ts";
import { tradeReads } from "./ledger.ts";
import { mathFunctions } from "./math.ts";
import type { Signature } from "./signature.ts";
import { orders } from "./strategy.ts";
import { averages } from "./ta/averages.ts";
import { conditions } from "./ta/conditions.ts";
import { momentum } from "./ta/momentum.ts";
import { ranges } from "./ta/ranges.ts";
import { statistics } from "./ta/statistics.ts";

/** Every function that a script of a version may call, under its latest name. */
export const functionsOf = (version: number): readonly Signature[] => [
  ...averages(),
  ...momentum(),
  ...ranges(),
  ...conditions(),
  ...statistics(),
  ...mathFunctions(),
  ...orders(version),
  ...tradeReads(),
  ...inputs(version),
];
