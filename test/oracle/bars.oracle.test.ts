import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { indicator, kernelOf } from "../../src/indicators/registry.ts";
import { type Bars, barsOf, COLUMNS, type Column } from "./bar-series.ts";
import type { BarClaim } from "./claims/bar-claim.ts";
import { frameBarClaims } from "./claims/pandas-bars.ts";
import { talibBarClaims } from "./claims/talib-bars.ts";
import { type Answer, HOW_TO_RUN, mayBeMissing, Oracle } from "./oracle.ts";
import { type Case, cases } from "./series.ts";

const RUNS = Math.ceil(Number(process.env["SWYMC_ORACLE_RUNS"] ?? 200) / 4) * 2;
const SEED = Number(process.env["SWYMC_SEED"] ?? Date.now() % 2147483647);
const all = [...talibBarClaims, ...frameBarClaims];
const SLOW = new Set(["backtrader", "vectorbt"]);
const nameOf = (claim: BarClaim) => `${claim.indicator} and ${claim.ask} of ${claim.library}`;

if (mayBeMissing) console.log(`oracles, bars: skipped, ${HOW_TO_RUN}`);
else console.log(`oracles, bars: SWYMC_SEED=${SEED}, ${RUNS} cases`);

/** Functions of TA-Lib that are not what we have under that name. */
const APART: [name: string, ask: string, params: number[]][] = [
  ["aroon", "AROON", [20]],
  ["cmo", "CMO", [20]],
  ["dmi", "PLUS_DI", [20]],
  ["mfi", "MFI", [20]],
  ["obv", "OBV", []],
  ["sar", "SAR", [0.02, 0.2]],
  ["trix", "TRIX", [20]],
];
const readsOf: Readonly<Record<string, Column[]>> = {
  CMO: ["close"],
  TRIX: ["close"],
  SAR: ["high", "low"],
  MFI: ["high", "low", "close", "volume"],
};

type Kernel = (claim: BarClaim, bars: Bars, n: number) => Float64Array[];

const ours: Kernel = ({ indicator, dialect, sources, params, order }, bars, n) => {
  const outputs = order.map(() => new Float64Array(bars.close.length));
  const columns = sources.map((source) => bars[source]);
  kernelOf(indicator, dialect)(columns, params(n), outputs);
  return outputs;
};

describe.skipIf(mayBeMissing)("on random bars", () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle?.close());

  test.each([...new Set(all.map((claim) => claim.library))])(
    `kernels equal %s`,
    async (library) => {
      const claims = all.filter((claim) => claim.library === library);
      const compared = new Map(claims.map((claim) => [nameOf(claim), 0]));
      await fc.assert(
        fc.asyncProperty(cases, async (c) => {
          for (const [claim, values] of await judge(claims, c, ours)) {
            compared.set(nameOf(claim), compared.get(nameOf(claim))! + values);
          }
        }),
        // These two are slow.
        { seed: SEED, numRuns: SLOW.has(library) ? RUNS / 2 : RUNS },
      );
      for (const [name, values] of compared) expect(values, name).toBeGreaterThan(5 * RUNS);
    },
    600_000,
  );

  test.each(APART)("%s is not TA-Lib's %s, as its definition says", async (name, ask, theirs) => {
    const definition = indicator(name)!;
    expect(definition.apart?.talib).toContain("TA-Lib");
    const { sources, outputs } = definition;
    const bars = barsOf({
      style: name === "sar" ? "walk" : "ties",
      seed: 1,
      length: 300,
      period: 20,
      late: 0,
      missing: 0,
    });
    const reads = readsOf[ask] ?? (sources as Column[]);
    const params = definition.params.map((param) =>
      param.name === "period" ? 20 : param.default!,
    );
    const results = outputs.map(() => new Float64Array(300));
    const columns = sources.map((source) =>
      source === "source" ? bars.close : bars[source as Column],
    );
    definition.kernel("talib")(columns, params, results);
    const [answer] = await oracle.ask(
      reads.map((one) => bars[one]),
      [{ library: "talib", indicator: ask, params: theirs }],
    );
    if (!("columns" in answer)) throw new Error(JSON.stringify(answer));
    const other = answer.columns[0];
    const apart = [...other.keys()].filter((i) => !(Math.abs(other[i] - results[0][i]) <= 1e-9));
    expect(apart.some((i) => i > 25 && other[i] !== undefined && !Number.isNaN(other[i]))).toBe(
      true,
    );
  });

  test("a value off by a millionth would be found", async () => {
    const off: Kernel = (claim, bars, n) =>
      ours(claim, bars, n).map((column) => column.map((v) => v * (1 + 1e-6)));
    const undetected = new Set(all);
    const settings = { numRuns: 40, seed: SEED };
    for (const c of fc.sample(cases, settings)) {
      for (const claim of undetected) {
        const found = await judge([claim], { ...c, style: "walk" }, off).catch(() => null);
        if (found === null) undetected.delete(claim);
      }
    }
    expect([...undetected].map(nameOf)).toEqual([]);
  }, 600_000);

  /** Throws at the first difference, else counts the values compared. */
  async function judge(claims: readonly BarClaim[], c: Case, kernel: Kernel) {
    const counted = new Map<BarClaim, number>();
    for (const gaps of [false, true]) {
      const chosen = claims.filter(
        (claim) =>
          claim.gaps === gaps &&
          c.period >= claim.from &&
          (claim.styles === undefined || claim.styles.includes(c.style)),
      );
      if (chosen.length === 0) continue;
      const dense = {
        ...c,
        missing: 0,
        late: c.late > 0 && claims[0].library !== "backtrader" ? 3 : 0,
      };
      const bars = barsOf(gaps ? c : dense);
      const answers = await oracle.ask(
        COLUMNS.map((name) => bars[name]),
        chosen.map((claim) => ({
          library: claim.library,
          indicator: claim.ask,
          params: claim.theirs(c.period),
          series: claim.reads.map((name) => COLUMNS.indexOf(name)),
        })),
      );
      chosen.forEach((claim, k) => {
        counted.set(claim, compare(claim, c, bars, kernel(claim, bars, c.period), answers[k]));
      });
    }
    return counted;
  }
});

function compare(
  claim: BarClaim,
  { period: n }: Case,
  bars: Bars,
  mine: readonly Float64Array[],
  answer: Answer,
): number {
  if ("error" in answer) throw new Error(`${nameOf(claim)}, period ${n}: ${answer.error}`);
  const allowed = claim.allowance(bars, n);
  const apart = claim.apart?.(bars, n) ?? (() => false);
  const first = bars.close.findIndex((v) => !Number.isNaN(v));
  let values = 0;
  claim.order.forEach((theirs, output) => {
    if (theirs < 0) return;
    const column = "short" in answer ? undefined : answer.columns[theirs];
    for (let i = 0; i < bars.close.length; i++) {
      const given = column === undefined ? Number.NaN : column[i];
      const other =
        claim.value === undefined || column === undefined ? given : claim.value(given, i, column);
      const value = mine[output][i];
      if (Number.isNaN(other) && Number.isNaN(value)) continue;
      if (apart(i - Math.max(0, first), other, value)) continue;
      if (!(Math.abs(value - other) <= 1e-9 * Math.abs(other) + allowed(i, output))) {
        throw new Error(
          `${nameOf(claim)}, period ${n}, output ${output}, bar ${i}: ${value}, theirs ${other}`,
        );
      }
      values++;
    }
  });
  return values;
}
