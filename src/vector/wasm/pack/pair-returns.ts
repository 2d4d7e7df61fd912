import { FRAME_RISK_FREE, FRAME_RUNNING, RUNNING_BYTES } from "../layout";
import {
  CARRIED_ENDS,
  FRAME_PAIRS,
  LANE_ENDS,
  LANE_FILLS,
  LANE_TURNS,
  PAIR_DOWNSIDE,
  PAIR_EXCESS,
  PAIR_FIRST,
  PAIR_FLAT,
  PAIR_GAINS,
  PAIR_HELD,
  PAIR_LAST,
  PAIR_LOSSES,
  PAIR_LOW,
  PAIR_SQUARES,
} from "../pair-layout";
import { areSignals, asksAll, stepOf } from "./pair-kinds";
import { both, rest } from "./pair-lanes";

/** The sums of the block: returns of the first bar, of the asset, and of the last bar, trade by trade. */
export function sumReturns<T, S>(length: i32): void {
  const pairs = <usize>load<u32>(FRAME_PAIRS);
  const turnsA = load<i32>(pairs, LANE_TURNS);
  const turnsB = load<i32>(pairs, LANE_TURNS + 8);
  const turns = max<i32>(turnsA, turnsB);
  const endsA = <usize>load<u32>(pairs, LANE_ENDS);
  const endsB = <usize>load<u32>(pairs, LANE_ENDS + 8);
  const fillsA = <usize>load<u32>(pairs, LANE_FILLS);
  const fillsB = <usize>load<u32>(pairs, LANE_FILLS + 8);
  const running = <usize>load<u32>(FRAME_RUNNING);
  const rf = f64x2.splat(load<f64>(FRAME_RISK_FREE));
  const none = f64x2.splat(0);
  const half = f64x2.splat(0.5);
  let heldA = load<i32>(pairs, CARRIED_ENDS);
  let heldB = load<i32>(pairs, CARRIED_ENDS + 8);
  let flatA = length - heldA;
  let flatB = length - heldB;
  let lastA = running + <usize>heldA * RUNNING_BYTES;
  let lastB = running + <usize>heldB * RUNNING_BYTES;
  let r = v128.load(pairs, PAIR_LAST);
  let rows = f64x2.ne(r, none);
  let x = v128.and(f64x2.sub(r, rf), rows);
  let loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
  const begin = both(lastA, lastB, 0);
  let excess = f64x2.add(begin, x);
  let low = rest(begin, x, excess);
  let gains = f64x2.add(both(lastA, lastB, 8), f64x2.add(x, loss));
  let losses = f64x2.add(both(lastA, lastB, 16), loss);
  let squares = f64x2.add(both(lastA, lastB, 24), f64x2.mul(r, r));
  let downside = f64x2.add(both(lastA, lastB, 32), f64x2.mul(loss, loss));
  for (let k = 0; k < turns; k++) {
    const bar = (<usize>k) << stepOf<S>();
    const slot = pairs + ((<usize>(k + 1)) << 4);
    const fillA = load<i32>(fillsA + bar);
    const fillB = load<i32>(fillsB + bar);
    const endA = load<i32>(endsA + bar);
    const endB = load<i32>(endsB + bar);
    const toA = areSignals<S>() ? endA : max<i32>(endA, fillA + 1);
    const toB = areSignals<S>() ? endB : max<i32>(endB, fillB + 1);
    heldA += endA - fillA;
    heldB += endB - fillB;
    if (!areSignals<S>()) {
      flatA -= toA - fillA - 1;
      flatB -= toB - fillB - 1;
    }

    r = v128.load(slot, PAIR_FIRST);
    let moved = f64x2.ne(r, none);
    x = v128.and(f64x2.sub(r, rf), moved);
    let sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    squares = f64x2.add(squares, f64x2.mul(r, r));
    if (asksAll<T>()) {
      loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
      gains = f64x2.add(gains, f64x2.add(x, loss));
      losses = f64x2.add(losses, loss);
      downside = f64x2.add(downside, f64x2.mul(loss, loss));
    }
    rows = i64x2.add(rows, moved);

    const firstA = running + <usize>(fillA + 1) * RUNNING_BYTES;
    const firstB = running + <usize>(fillB + 1) * RUNNING_BYTES;
    lastA = running + <usize>toA * RUNNING_BYTES;
    lastB = running + <usize>toB * RUNNING_BYTES;
    x = f64x2.sub(both(lastA, lastB, 0), both(firstA, firstB, 0));
    sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    squares = f64x2.add(squares, f64x2.sub(both(lastA, lastB, 24), both(firstA, firstB, 24)));
    if (asksAll<T>()) {
      gains = f64x2.add(gains, f64x2.sub(both(lastA, lastB, 8), both(firstA, firstB, 8)));
      losses = f64x2.add(losses, f64x2.sub(both(lastA, lastB, 16), both(firstA, firstB, 16)));
      downside = f64x2.add(downside, f64x2.sub(both(lastA, lastB, 32), both(firstA, firstB, 32)));
    }

    r = v128.load(slot, PAIR_LAST);
    moved = f64x2.ne(r, none);
    x = v128.and(f64x2.sub(r, rf), moved);
    sum = f64x2.add(excess, x);
    low = f64x2.add(low, rest(excess, x, sum));
    excess = sum;
    squares = f64x2.add(squares, f64x2.mul(r, r));
    if (asksAll<T>()) {
      loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), half);
      gains = f64x2.add(gains, f64x2.add(x, loss));
      losses = f64x2.add(losses, loss);
      downside = f64x2.add(downside, f64x2.mul(loss, loss));
    }
    rows = i64x2.add(rows, moved);
  }
  if (areSignals<S>()) {
    // What is none holds a bar.
    heldA -= turns - turnsA;
    heldB -= turns - turnsB;
    flatA = length - heldA + turnsA;
    flatB = length - heldB + turnsB;
  }
  v128.store(pairs, excess, PAIR_EXCESS);
  v128.store(pairs, low, PAIR_LOW);
  v128.store(pairs, gains, PAIR_GAINS);
  v128.store(pairs, losses, PAIR_LOSSES);
  v128.store(pairs, squares, PAIR_SQUARES);
  v128.store(pairs, downside, PAIR_DOWNSIDE);
  // `rows` counts downwards.
  store<f64>(pairs, <f64>(<i64>flatA + i64x2.extract_lane(rows, 0)), PAIR_FLAT);
  store<f64>(pairs, <f64>(<i64>flatB + i64x2.extract_lane(rows, 1)), PAIR_FLAT + 8);
  store<i64>(pairs, <i64>heldA, PAIR_HELD);
  store<i64>(pairs, <i64>heldB, PAIR_HELD + 8);
}
