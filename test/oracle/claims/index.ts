import type { Ask } from "../oracle.ts";
import { backtraderClaims } from "./backtrader.ts";
import type { Claim } from "./claim.ts";
import { numpyClaims } from "./numpy.ts";
import { pandasClaims } from "./pandas.ts";
import { talibClaims } from "./talib.ts";
import { vectorbtClaims } from "./vectorbt.ts";

/** Everything that is compared on random series, by library. */
export const claims: Readonly<Record<Ask["library"], readonly Claim[]>> = {
  backtrader: backtraderClaims,
  talib: talibClaims,
  pandas: pandasClaims,
  vectorbt: vectorbtClaims,
  numpy: numpyClaims,
};
