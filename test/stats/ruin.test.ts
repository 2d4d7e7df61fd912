import { describe, expect, test } from "vitest";
import { kellyStake } from "../../src/stats/validation/kelly.ts";
import { Random } from "../../src/stats/validation/random.ts";
import { riskOfFall, riskOfRuin, ruinTable } from "../../src/stats/validation/ruin.ts";

/** Share of walks that reach `ruin` before they are so far up that the rest does not matter. */
function simulated(
  walks: number,
  step: (random: Random) => number,
  start: number,
  ruin: number,
  safe: number,
): number {
  const random = new Random(20);
  let ruined = 0;
  for (let k = 0; k < walks; k++) {
    let level = start;
    while (level > ruin && level < safe) level += step(random);
    if (level <= ruin) ruined++;
  }
  return ruined / walks;
}

const WALKS = 20_000;
const error = (p: number) => 4 * Math.sqrt((p * (1 - p)) / WALKS);

describe("risk of ruin by equal stakes", () => {
  test("is ((1 - p)/p)^units for even money (Feller)", () => {
    expect(riskOfRuin({ winRate: 0.6, payoff: 1 }, 5)).toBeCloseTo((2 / 3) ** 5, 14);
    expect(riskOfRuin({ winRate: 0.51, payoff: 1 }, 100)).toBeCloseTo((49 / 51) ** 100, 13);
  });

  test.each([
    [0.55, 1, 8],
    [0.4, 2, 6],
    [0.3, 3, 10],
    [0.75, 0.5, 4],
  ])("is that of simulated play: p %f, payoff %f, %i units", (winRate, payoff, units) => {
    const risk = riskOfRuin({ winRate, payoff }, units);
    const step = (random: Random) => (random.uniform() < winRate ? payoff : -1);
    const share = simulated(WALKS, step, units, 0, units + 150);
    if (Number.isInteger(payoff)) expect(Math.abs(share - risk)).toBeLessThan(error(risk));
    // Half units can be overshot: a bound, and not a loose one.
    else expect([share < risk + error(risk), share > 0.6 * risk]).toEqual([true, true]);
  });

  test("is certain without an edge, and never where nothing is lost", () => {
    expect(riskOfRuin({ winRate: 0.5, payoff: 1 }, 1e6)).toBe(1);
    expect(riskOfRuin({ winRate: 0.2, payoff: 2 }, 10)).toBe(1);
    expect(riskOfRuin({ winRate: 1, payoff: 1 }, 1)).toBe(0);
    expect(riskOfRuin({ winRate: 0.6, payoff: 1 }, 0)).toBe(1);
  });

  test("refuses what is no bet", () => {
    expect(() => riskOfRuin({ winRate: 1.1, payoff: 1 }, 1)).toThrow(RangeError);
    expect(() => riskOfRuin({ winRate: 0.5, payoff: 0 }, 1)).toThrow(RangeError);
    expect(() => riskOfRuin({ winRate: 0.5, payoff: 1 }, -1)).toThrow(RangeError);
  });
});

describe("risk of a fall by a share of equity", () => {
  const outcomes = Float64Array.of(1, 1, 1, -1, -1);

  test.each([
    [0.02, 0.8],
    [0.1, 0.5],
    [0.25, 0.3],
  ])("at stake %f is a bound that simulated play comes near: fall to %f", (stake, level) => {
    const risk = riskOfFall(outcomes, stake, level)!;
    const [up, down] = [Math.log1p(stake), Math.log1p(-stake)];
    const step = (random: Random) => (random.uniform() < 0.6 ? up : down);
    const safe = stake * 400 * 0.2;
    const share = simulated(WALKS, step, 0, Math.log(level), safe);
    expect(share).toBeLessThan(risk + error(risk));
    // What a loss overshoots by at most is one step further down.
    const further = riskOfFall(outcomes, stake, level * (1 - stake))!;
    expect(share).toBeGreaterThan(further - error(further));
  });

  test("is level^(2/c - 1) at c times Kelly's stake where stakes are small (Thorp)", () => {
    const [p, b] = [0.505, 1];
    const edge = Float64Array.from({ length: 1000 }, (_, i) => (i < 1000 * p ? b : -1));
    for (const c of [0.25, 0.5, 1]) {
      const risk = riskOfFall(edge, c * kellyStake(p, b), 0.5)!;
      expect(risk).toBeCloseTo(0.5 ** (2 / c - 1), 3);
    }
  });

  test("grows with the stake, and is certain where equity does not grow or one loss takes all", () => {
    const risks = [0.05, 0.1, 0.2, 0.3].map((stake) => riskOfFall(outcomes, stake, 0.5)!);
    expect([...risks].sort((a, b) => a - b)).toEqual(risks);
    expect(riskOfFall(outcomes, 0.5, 0.5)).toBe(1);
    expect(riskOfFall(outcomes, 1, 0.5)).toBe(1);
    expect(riskOfFall(outcomes, 0, 0.5)).toBe(0);
    expect(riskOfFall(Float64Array.of(1, 2), 0.5, 0.1)).toBe(0);
    expect(riskOfFall(outcomes, 0.1, 1)).toBe(1);
  });

  test("is null of nothing, and refuses a level or stake that is none", () => {
    expect(riskOfFall(new Float64Array(0), 0.1, 0.5)).toBeNull();
    expect(riskOfFall(Float64Array.of(1, Number.NaN), 0.1, 0.5)).toBeNull();
    for (const [stake, level] of [
      [0.1, 0],
      [0.1, 1.5],
      [-0.1, 0.5],
      [Number.NaN, 0.5],
    ]) {
      expect(() => riskOfFall(outcomes, stake, level)).toThrow(RangeError);
    }
  });

  test("stands in a table by stake and level", () => {
    const table = ruinTable(outcomes, [0.05, 0.1], [0.8, 0.5, 0.2]);
    expect(table.risk.map((row) => row.length)).toEqual([3, 3]);
    expect(table.risk[1][1]).toBe(riskOfFall(outcomes, 0.1, 0.5));
  });
});
