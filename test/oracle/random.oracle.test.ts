import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crossover, crossunder } from "../../src/indicators/index.ts";
import type { Dialect } from "../../src/vector/kernel.ts";
import type { Subject } from "./claims/claim.ts";
import { claims } from "./claims/index.ts";
import { compare } from "./compare.ts";
import { type Ask, HOW_TO_RUN, mayBeMissing, Oracle } from "./oracle.ts";
import { cases, pairOf } from "./series.ts";

/** Random cases of each library. */
const RUNS = Number(process.env["SWYMC_ORACLE_RUNS"] ?? 200);
const SEED = Number(process.env["SWYMC_SEED"] ?? Date.now() % 2147483647);
const settings = { seed: SEED, numRuns: RUNS };

console.log(
  mayBeMissing
    ? `oracles, random cases: skipped, ${HOW_TO_RUN}`
    : `oracles, random cases: SWYMC_SEED=${SEED} SWYMC_ORACLE_RUNS=${RUNS}`,
);

describe.skipIf(mayBeMissing)("on random series", () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle?.close());

  test.each(Object.keys(claims) as Ask["library"][])(
    `kernels and transcriptions equal %s (${RUNS} cases)`,
    async (library) => {
      const compared = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(cases, async (c) => {
          for (const [name, values] of await compare(oracle, library, claims[library], c)) {
            compared.set(name, (compared.get(name) ?? 0) + values);
          }
        }),
        settings,
      );
      // Not everything was na or out of range.
      for (const [name, values] of compared) expect(values, name).toBeGreaterThan(2 * RUNS);
    },
    600_000,
  );

  test.each(Object.keys(claims) as Ask["library"][])(
    "a value off by a ten millionth would be found beside %s",
    async (library) => {
      for (const claim of claims[library]) {
        const [[name, subject]] = Object.entries(claim.subjects);
        const off: Subject = (x, n) =>
          subject(x, n).map((column) => Array.from(column, (v) => v * (1 + 1e-7)));
        const planted = { ...claim, subjects: { [name]: off } };
        const property = fc.asyncProperty(cases, async (c) => {
          await compare(oracle, library, [planted], c);
        });
        const { failed } = await fc.check(property, {
          seed: SEED,
          numRuns: 200,
          endOnFailure: true,
        });
        expect(failed, `${name} ${claim.part}`).toBe(true);
      }
    },
    600_000,
  );

  test.each<Dialect>(["backtrader", "pandas", "vectorbt"])(
    `crosses equal %s (${RUNS} cases)`,
    async (dialect) => {
      let fired = 0;
      await fc.assert(
        fc.asyncProperty(cases, async (c) => {
          const pair = pairOf(c);
          const library = dialect as Ask["library"];
          const answers = await oracle.ask(pair, [
            { library, indicator: "crossover", params: [] },
            { library, indicator: "crossunder", params: [] },
          ]);
          [crossover, crossunder].forEach((cross, k) => {
            const ours = bars(cross(...pair, { dialect }));
            const answer = answers[k];
            if ("error" in answer) throw new Error(answer.error);
            expect(ours).toEqual("short" in answer ? [] : bars(answer.columns[0]));
            fired += ours.length;
          });
        }),
        settings,
      );
      expect(fired).toBeGreaterThan(RUNS);
    },
    600_000,
  );
});

/** Where a cross fires. */
function bars(column: Float64Array): number[] {
  return [...column.keys()].filter((i) => column[i] === 1);
}
