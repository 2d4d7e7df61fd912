import { expect, test } from "vitest";
import { SWEEP_METRICS } from "../../src/sweep/engine/sweep-metrics.ts";
import { gather, rowsOfShare, sharesOf, spread } from "../../src/sweep/run/shares.ts";
import { Slots } from "../../src/sweep/run/slots.ts";

const METRICS = SWEEP_METRICS.length;

test("two threads take eight pieces in turns", () => {
  const firsts = sharesOf(80, 2).map(({ pieces }) => pieces.map(({ first }) => first));
  expect(firsts).toEqual([
    [0, 30, 50, 60],
    [10, 20, 40, 70],
  ]);
});

test.each([1, 2, 3, 8, 17])("%d threads do every trial once, in memory of its own", (threads) => {
  for (const count of [0, 1, 2, 3, 7, 8, 9, 64, 67, 1000]) {
    const shares = sharesOf(count, threads);
    const trials: number[] = [];
    const places: number[] = [];
    for (const { at, count: own, pieces } of shares) {
      expect(pieces.reduce((sum, piece) => sum + piece.count, 0)).toBe(own);
      expect(pieces[0]?.at).toBe(at);
      for (const piece of pieces) {
        for (let k = 0; k < piece.count; k++) {
          trials.push(piece.first + k);
          places.push(piece.at + k);
        }
      }
    }
    const all = Array.from({ length: count }, (_, k) => k);
    expect(places).toEqual(all);
    expect(trials.sort((a, b) => a - b)).toEqual(all);
    expect(shares.length).toBe(threads === 1 ? 1 : Math.min(count, threads));
    expect(Math.max(0, ...shares.map((share) => share.count))).toBeLessThan(count / threads + 4);
  }
});

test("work that grows along the batch is shared evenly", () => {
  for (const threads of [2, 4, 8]) {
    const works = sharesOf(4000, threads).map(({ pieces }) =>
      pieces.reduce((sum, { first, count }) => sum + count * (first + (count - 1) / 2), 0),
    );
    expect(Math.max(...works) / Math.min(...works)).toBeLessThan(1.001);
  }
});

test("what the threads write comes back in the order of the trials", () => {
  const [count, width, threads] = [23, 3, 2];
  const [shared, own] = [new Slots(true), new Slots(false)];
  const [ordered, slot] = [own.take(30, width), shared.take(30, width)];
  for (let k = 0; k < count * width; k++) ordered.params[k] = k;
  const shares = sharesOf(count, threads);
  spread(ordered.params, shares, width, slot);
  for (const share of shares) {
    const rows = rowsOfShare(slot, share, width);
    expect(rows.states.length).toBe(share.count);
    for (let k = 0; k < share.count; k++) {
      const trial = rows.params[k * width]! / width;
      rows.metrics.fill(trial, k * METRICS, (k + 1) * METRICS);
      rows.states[k] = trial;
    }
  }
  ordered.params.fill(-1);
  gather(slot, shares, width, ordered);
  const trials = Array.from({ length: count }, (_, k) => k);
  expect([...ordered.params.subarray(0, count * width)]).toEqual(
    Array.from({ length: count * width }, (_, k) => k),
  );
  expect([...ordered.states.subarray(0, count)]).toEqual(trials);
  for (const k of trials) {
    expect([ordered.metrics[k * METRICS], ordered.metrics[(k + 1) * METRICS - 1]]).toEqual([k, k]);
  }
});
