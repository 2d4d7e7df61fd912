import fc from "fast-check";
import { it } from "vitest";

/** Cases of the main property; the others take a share of it. */
const RUNS = Number(process.env["SWYMC_FC_RUNS"] ?? 1000);
/** Any seed by default, so that every run of the tests tries new cases. */
const SEED = Number(process.env["SWYMC_FC_SEED"] ?? Date.now() % 2_147_483_648);

/** A test that holds a property for a share of SWYMC_FC_RUNS random cases and prints its seed. */
export function check(
  claim: string,
  share: number,
  property: fc.IProperty<unknown> | fc.IAsyncProperty<unknown>,
): void {
  const numRuns = Math.max(10, Math.round(RUNS * share));
  it(`${claim} (${numRuns} cases)`, async () => {
    console.info(`${claim}: SWYMC_FC_SEED=${SEED} SWYMC_FC_RUNS=${RUNS}`);
    await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns, seed: SEED });
  }, 600_000);
}
