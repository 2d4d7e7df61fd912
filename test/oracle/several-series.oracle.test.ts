import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  barssince,
  correlation,
  heikinAshi,
  ichimoku,
  valuewhen,
  vwap,
} from "../../src/indicators/index.ts";
import { generator } from "../kernels/cases.ts";
import { correlationIsOpen, roundingOfCorrelation } from "./correlation-rounding.ts";
import { type Ask, HOW_TO_RUN, mayBeMissing, Oracle } from "./oracle.ts";
import { type Case, cases, seriesOf } from "./series.ts";

/** Random cases of each indicator. */
const RUNS = Number(process.env["SWYMC_ORACLE_RUNS"] ?? 200);
const SEED = Number(process.env["SWYMC_SEED"] ?? Date.now() % 2147483647);
const settings = { seed: SEED, numRuns: RUNS };

console.log(
  mayBeMissing
    ? `oracles, several series: skipped, ${HOW_TO_RUN}`
    : `oracles, several series: SWYMC_SEED=${SEED} SWYMC_ORACLE_RUNS=${RUNS}`,
);

/** Whether our value at a bar agrees. */
type Agree = (ours: number, theirs: number, bar: number) => boolean;

interface Claim {
  readonly name: string;
  readonly library: Ask["library"];
  readonly indicator: string;
  /** What the library is given and told, and what we answer. */
  readonly of: (c: Case) => {
    readonly series: readonly Float64Array[];
    readonly params: readonly number[];
    readonly ours: readonly Float64Array[];
    readonly agree: Agree;
  };
}

const exact: Agree = (ours, theirs) => Object.is(ours, theirs) || ours === theirs;
const near: Agree = (ours, theirs) =>
  exact(ours, theirs, 0) || Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs);

const dense = (c: Case): Case => ({ ...c, missing: 0, late: 0 });
const another = (c: Case): Case => ({ ...c, seed: c.seed + 1 });

/** Volumes, now and then 0; times that now and then leap over weeks; a condition. */
function besides(c: Case) {
  const random = generator(c.seed + 2);
  const volume = seriesOf(c).map((x) => Math.floor(50 * random()) + 0 * x);
  let time = 1.6e12;
  const times = volume.map(() => (time += 3_600_000 * (random() < 0.02 ? 24 * 9 : 7)));
  const condition = volume.map(() => Number(random() < 0.2));
  return { volume, times, condition };
}

function correlationClaim(library: "pandas" | "talib"): Claim {
  return {
    name: `correlation in ${library}`,
    library,
    indicator: "correlation",
    of: (c) => {
      const period = Math.max(2, c.period);
      const kind = library === "talib" ? dense(c) : c;
      const x = seriesOf(kind);
      const y = seriesOf(another(kind));
      const rounding = roundingOfCorrelation(x, y, period, library);
      return {
        series: [x, y],
        params: [period],
        ours: [correlation(x, y, { period, dialect: library })],
        agree: (ours, theirs, bar) => {
          if (correlationIsOpen(rounding[bar])) return true;
          return exact(ours, theirs, bar) || Math.abs(ours - theirs) <= 1e-9 + rounding[bar];
        },
      };
    },
  };
}

const SESSIONS = {
  day: {},
  week: { sessionMinutes: 10_080 },
  month: { sessionMonths: 1 },
};

const claims: readonly Claim[] = [
  correlationClaim("pandas"),
  correlationClaim("talib"),
  ...Object.entries(SESSIONS).map(
    ([session, options]): Claim => ({
      name: `vwap since the ${session} began`,
      library: "pandas",
      indicator: `vwap_${session}`,
      of: (c) => {
        const x = seriesOf(c);
        const { volume, times } = besides(c);
        const ours = vwap(x, { volume, time: times }, options).value;
        return { series: [x, volume, times], params: [], ours: [ours], agree: near };
      },
    }),
  ),
  {
    name: "barssince",
    library: "pandas",
    indicator: "barssince",
    of: (c) => {
      const { condition } = besides(c);
      return { series: [condition], params: [], ours: [barssince(condition)], agree: exact };
    },
  },
  {
    name: "valuewhen",
    library: "pandas",
    indicator: "valuewhen",
    of: (c) => {
      const { condition } = besides(c);
      const x = seriesOf(c);
      const occurrence = c.seed % 5;
      const ours = valuewhen(condition, x, { occurrence });
      return { series: [condition, x], params: [occurrence], ours: [ours], agree: exact };
    },
  },
  {
    name: "ichimoku",
    library: "pandas",
    indicator: "ichimoku",
    of: (c) => {
      const [high, low] = [seriesOf(dense(c)), seriesOf(another(dense(c)))];
      const periods = [1, 2, 3].map((k) => 1 + ((c.seed * k) % 60));
      const displacement = 1 + (c.seed % 30);
      const [conversionPeriod, basePeriod, spanPeriod] = periods;
      const lines = ichimoku(
        { high, low },
        { conversionPeriod, basePeriod, spanPeriod, displacement },
      );
      const ours = [lines.conversion, lines.base, lines.lead_a, lines.lead_b];
      return { series: [high, low], params: [...periods, displacement], ours, agree: exact };
    },
  },
  {
    name: "heikin_ashi",
    library: "numpy",
    indicator: "heikin_ashi",
    of: (c) => {
      const close = seriesOf(dense(c));
      const random = generator(c.seed + 3);
      const open = close.map((x, i) => (i === 0 ? x : close[i - 1]));
      const high = close.map((x, i) => Math.max(x, open[i]) * (1 + 0.01 * random()));
      const low = close.map((x, i) => Math.min(x, open[i]) * (1 - 0.01 * random()));
      const found = heikinAshi({ open, high, low, close });
      const ours = [found.open, found.high, found.low, found.close];
      return { series: [open, high, low, close], params: [], ours, agree: exact };
    },
  },
];

describe.skipIf(mayBeMissing)("indicators of several series", () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle?.close());

  /** Throws at the first difference; `off` is put on our values. */
  async function compare(claim: Claim, c: Case, off = 1): Promise<number> {
    const { series, params, ours, agree } = claim.of(c);
    if (series[0].length === 0) return 0;
    const { library, indicator } = claim;
    const [answer] = await oracle.ask(series, [{ library, indicator, params }]);
    if (!("columns" in answer)) throw new Error(`${claim.name}: ${JSON.stringify(answer)}`);
    let values = 0;
    ours.forEach((column, output) => {
      const theirs = answer.columns[output];
      for (let bar = 0; bar < column.length; bar++) {
        if (!agree(off * column[bar], theirs[bar], bar)) {
          const where = `output ${output}, bar ${bar} of ${JSON.stringify(c)}`;
          throw new Error(`${claim.name}: ${column[bar]}, ${library} ${theirs[bar]}, ${where}`);
        }
        if (!Number.isNaN(theirs[bar])) values++;
      }
    });
    return values;
  }

  test.each(claims.map((claim) => [claim.name, claim.library, claim] as const))(
    `%s equals %s (${RUNS} cases)`,
    async (_, __, claim) => {
      let values = 0;
      const property = fc.asyncProperty(cases, async (c) => {
        values += await compare(claim, c);
      });
      await fc.assert(property, settings);
      expect(values).toBeGreaterThan(10 * RUNS);
    },
    600_000,
  );

  test.each(claims.map((claim) => [claim.name, claim] as const))(
    "%s off by a ten millionth would be found",
    async (_, claim) => {
      const property = fc.asyncProperty(cases, async (c) => {
        await compare(claim, c, 1 + 1e-7);
      });
      const { failed } = await fc.check(property, {
        ...settings,
        numRuns: 200,
        endOnFailure: true,
      });
      expect(failed).toBe(true);
    },
    600_000,
  );
});
