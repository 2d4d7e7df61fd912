import {
  ALL_IN,
  FRAME_CLOSE,
  FRAME_RISK_FREE,
  FRAME_ROWS,
  FRAME_RUNNING,
  FRESH,
  ROW_BYTES,
  RUINED,
  RUNNING_BYTES,
  T_BEFORE,
  T_CASH,
  T_HELD_BARS,
  T_SCALE,
  T_SUMS,
  T_UNITS,
} from "../layout";
import { draw, drawFlat } from "./drawdown";

/** Share of a position's value up to which cash is rounding, as in `equity-curve.ts`. */
export const ALL_IN_SHARE: f64 = 9.094947017729282e-13;

// The sums of the block at hand of the trial at hand, as in `returns.ts`.
const EXCESS: usize = 80;
const GAINS: usize = 88;
const LOSSES: usize = 96;
const SQUARES: usize = 104;
const DOWNSIDE: usize = 112;
const LOW: usize = 120;

let flat: i32 = 0;
/** Where the next row goes. */
let row: usize = 0;

export function openBlock(): void {
  store<f64>(EXCESS, 0);
  store<f64>(GAINS, 0);
  store<f64>(LOSSES, 0);
  store<f64>(SQUARES, 0);
  store<f64>(DOWNSIDE, 0);
  store<f64>(LOW, 0);
  flat = 0;
  row = <usize>load<u32>(FRAME_ROWS);
}

/** Ends the block: joins its sums to the trial's by TwoSum. */
export function closeBlock(trial: usize): void {
  const rf = load<f64>(FRAME_RISK_FREE);
  const bars = <f64>flat;
  const loss = max<f64>(rf, 0);
  const sums = trial + T_SUMS;
  join(sums, load<f64>(EXCESS), load<f64>(LOW) - bars * rf);
  join(sums + 8, load<f64>(GAINS), bars * (loss - rf));
  join(sums + 16, load<f64>(LOSSES), bars * loss);
  join(sums + 24, load<f64>(SQUARES), 0);
  join(sums + 32, load<f64>(DOWNSIDE), bars * (loss * loss));
}

/** One of the five sums, whose error stands 40 bytes behind. */
function join(at: usize, high: f64, low: f64): void {
  const a = load<f64>(at);
  const sum = a + high;
  const b = sum - a;
  store<f64>(at, load<f64>(at, 40) + (a - (sum - b) + (high - b) + low), 40);
  store<f64>(at, sum);
}

/** Accounts for the bars `from` to before `to` of the chunk, on which the account stands as it is. */
export function pass(trial: usize, from: i32, to: i32, chunk: i32): void {
  if (from >= to) return;
  const cash = load<f64>(trial, T_CASH);
  const units = load<f64>(trial, T_UNITS);
  if (units === 0) {
    passFlat(trial, from, to, chunk, cash);
    return;
  }
  const scale = load<f64>(trial, T_SCALE);
  const quantity = scale === 1 ? units : units / scale;
  store<i32>(trial, load<i32>(trial, T_HELD_BARS) + to - from, T_HELD_BARS);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>chunk) << 3);
  let flags = load<i32>(trial);
  let at = from;
  if ((flags & FRESH) !== 0) {
    const value = quantity * load<f64>(closes + ((<usize>from) << 3));
    flags &= ~(FRESH | ALL_IN);
    if (abs(cash) <= ALL_IN_SHARE * value) flags |= ALL_IN;
    store<i32>(trial, flags);
    passFirst(trial, cash + value);
    at++;
  }
  if (at < to) {
    if ((flags & ALL_IN) !== 0) {
      passStretch(at, to);
      store<f64>(trial, cash + quantity * load<f64>(closes + ((<usize>(to - 1)) << 3)), T_BEFORE);
    } else passBars(trial, at, to, closes, cash, quantity);
  }
  draw(trial, from, to, chunk, closes, cash, quantity);
}

/** Whether bars without a position change no sum of the trial. */
export function restsFlat(trial: usize): bool {
  return (
    load<f64>(FRAME_RISK_FREE) === 0 && load<f64>(trial, T_CASH) === load<f64>(trial, T_BEFORE)
  );
}

function passFlat(trial: usize, from: i32, to: i32, chunk: i32, cash: f64): void {
  const before = load<f64>(trial, T_BEFORE);
  flat += to - from;
  if (cash !== before) {
    flat--;
    if (cash <= 0) store<i32>(trial, load<i32>(trial) | RUINED);
    add((cash - before) / before);
    store<f64>(trial, cash, T_BEFORE);
  }
  drawFlat(trial, chunk + from, chunk + to, cash);
}

/** The bar on which the account has changed. */
function passFirst(trial: usize, now: f64): void {
  const before = load<f64>(trial, T_BEFORE);
  if (now === before) {
    flat++;
    return;
  }
  if (now <= 0) store<i32>(trial, load<i32>(trial) | RUINED);
  add((now - before) / before);
  store<f64>(trial, now, T_BEFORE);
}

/** Adds the return of one bar. */
function add(r: f64): void {
  const x = r - load<f64>(FRAME_RISK_FREE);
  const excess = load<f64>(EXCESS);
  const sum = excess + x;
  const b = sum - excess;
  store<f64>(LOW, load<f64>(LOW) + (excess - (sum - b) + (x - b)));
  store<f64>(EXCESS, sum);
  const loss = (abs(x) - x) * 0.5;
  store<f64>(GAINS, load<f64>(GAINS) + (x + loss));
  store<f64>(LOSSES, load<f64>(LOSSES) + loss);
  store<f64>(SQUARES, load<f64>(SQUARES) + r * r);
  store<f64>(DOWNSIDE, load<f64>(DOWNSIDE) + loss * loss);
}

/** Keeps the return of a bar, of `before` to `now`, for {@link sumRows}. */
export function keepReturn(now: f64, before: f64): void {
  if (now === before) {
    flat++;
    return;
  }
  const r = (now - before) / before;
  const x = r - load<f64>(FRAME_RISK_FREE);
  const loss = (abs(x) - x) * 0.5;
  store<f64>(row, x);
  store<f64>(row, x + loss, 8);
  store<f64>(row, loss, 16);
  store<f64>(row, r * r, 24);
  store<f64>(row, loss * loss, 32);
  row += ROW_BYTES;
}

/** Keeps the returns of two bars: of `first` to `second`, then of that to `third`. */
export function keepReturns(first: f64, second: f64, third: f64): void {
  if (!ASC_FEATURE_SIMD || first === second || second === third) {
    keepReturn(second, first);
    keepReturn(third, second);
    return;
  }
  const before = f64x2.replace_lane(f64x2.splat(first), 1, second);
  const now = f64x2.replace_lane(f64x2.splat(second), 1, third);
  const r = f64x2.div(f64x2.sub(now, before), before);
  const x = f64x2.sub(r, f64x2.splat(load<f64>(FRAME_RISK_FREE)));
  const loss = f64x2.mul(f64x2.sub(f64x2.abs(x), x), f64x2.splat(0.5));
  const gain = f64x2.add(x, loss);
  const square = f64x2.mul(r, r);
  const squaredLoss = f64x2.mul(loss, loss);
  v128.store(row, v128.shuffle<f64>(x, gain, 0, 2));
  v128.store(row, v128.shuffle<f64>(loss, square, 0, 2), 16);
  v128.store64_lane(row, squaredLoss, 0, 32);
  v128.store(row, v128.shuffle<f64>(x, gain, 1, 3), ROW_BYTES);
  v128.store(row, v128.shuffle<f64>(loss, square, 1, 3), ROW_BYTES + 16);
  v128.store64_lane(row, squaredLoss, 1, ROW_BYTES + 32);
  row += 2 * ROW_BYTES;
}

/** Keeps the asset's own returns of the bars `from` to before `to`: differences of its running sums. */
export function keepStretch(from: i32, to: i32): void {
  const running = <usize>load<u32>(FRAME_RUNNING);
  const first = running + <usize>from * RUNNING_BYTES;
  const last = running + <usize>to * RUNNING_BYTES;
  if (ASC_FEATURE_SIMD) {
    v128.store(row, f64x2.sub(v128.load(last), v128.load(first)));
    v128.store(row, f64x2.sub(v128.load(last, 16), v128.load(first, 16)), 16);
  } else {
    for (let k: usize = 0; k < 32; k += 8)
      store<f64>(row + k, load<f64>(last + k) - load<f64>(first + k));
  }
  store<f64>(row, load<f64>(last, 32) - load<f64>(first, 32), 32);
  row += ROW_BYTES;
}

/** Counts bars on which nothing changed. */
export function keepFlat(bars: i32): void {
  flat += bars;
}

/** Adds what was kept to the sums of the block, in its order. */
export function sumRows(): void {
  const end = row;
  const begin = <usize>load<u32>(FRAME_ROWS);
  row = begin;
  let excess = load<f64>(EXCESS);
  let low = load<f64>(LOW);
  if (ASC_FEATURE_SIMD) {
    let means = v128.load(GAINS);
    let squares = v128.load(SQUARES);
    for (let at = begin; at < end; at += ROW_BYTES) {
      const x = load<f64>(at);
      const sum = excess + x;
      const b = sum - excess;
      low += excess - (sum - b) + (x - b);
      excess = sum;
      means = f64x2.add(means, v128.load(at, 8));
      squares = f64x2.add(squares, v128.load(at, 24));
    }
    v128.store(GAINS, means);
    v128.store(SQUARES, squares);
  } else {
    let gains = load<f64>(GAINS);
    let losses = load<f64>(LOSSES);
    let squares = load<f64>(SQUARES);
    let downside = load<f64>(DOWNSIDE);
    for (let at = begin; at < end; at += ROW_BYTES) {
      const x = load<f64>(at);
      const sum = excess + x;
      const b = sum - excess;
      low += excess - (sum - b) + (x - b);
      excess = sum;
      gains += load<f64>(at, 8);
      losses += load<f64>(at, 16);
      squares += load<f64>(at, 24);
      downside += load<f64>(at, 32);
    }
    store<f64>(GAINS, gains);
    store<f64>(LOSSES, losses);
    store<f64>(SQUARES, squares);
    store<f64>(DOWNSIDE, downside);
  }
  store<f64>(EXCESS, excess);
  store<f64>(LOW, low);
}

/** Adds the returns of equity bar by bar. */
export function passBars(
  trial: usize,
  from: i32,
  to: i32,
  closes: usize,
  cash: f64,
  quantity: f64,
): void {
  const rf = load<f64>(FRAME_RISK_FREE);
  let excess = load<f64>(EXCESS);
  let low = load<f64>(LOW);
  let gains = load<f64>(GAINS);
  let losses = load<f64>(LOSSES);
  let squares = load<f64>(SQUARES);
  let downside = load<f64>(DOWNSIDE);
  let before = load<f64>(trial, T_BEFORE);
  let unmoved = 0;
  let ruined = 0;
  for (let i = from; i < to; i++) {
    const now = cash + quantity * load<f64>(closes + ((<usize>i) << 3));
    if (now === before) {
      unmoved++;
      continue;
    }
    ruined |= i32(now <= 0);
    const r = (now - before) / before;
    before = now;
    const x = r - rf;
    const sum = excess + x;
    const b = sum - excess;
    low += excess - (sum - b) + (x - b);
    excess = sum;
    const loss = (abs(x) - x) * 0.5;
    gains += x + loss;
    losses += loss;
    squares += r * r;
    downside += loss * loss;
  }
  store<f64>(EXCESS, excess);
  store<f64>(LOW, low);
  store<f64>(GAINS, gains);
  store<f64>(LOSSES, losses);
  store<f64>(SQUARES, squares);
  store<f64>(DOWNSIDE, downside);
  store<f64>(trial, before, T_BEFORE);
  flat += unmoved;
  if (ruined !== 0) store<i32>(trial, load<i32>(trial) | RUINED);
}

/** Adds the asset's own returns: differences of its running sums. */
function passStretch(from: i32, to: i32): void {
  const running = <usize>load<u32>(FRAME_RUNNING);
  const first = running + <usize>from * RUNNING_BYTES;
  const last = running + <usize>to * RUNNING_BYTES;
  const x = load<f64>(last) - load<f64>(first);
  const excess = load<f64>(EXCESS);
  const sum = excess + x;
  const b = sum - excess;
  store<f64>(LOW, load<f64>(LOW) + (excess - (sum - b) + (x - b)));
  store<f64>(EXCESS, sum);
  store<f64>(GAINS, load<f64>(GAINS) + (load<f64>(last, 8) - load<f64>(first, 8)));
  store<f64>(LOSSES, load<f64>(LOSSES) + (load<f64>(last, 16) - load<f64>(first, 16)));
  store<f64>(SQUARES, load<f64>(SQUARES) + (load<f64>(last, 24) - load<f64>(first, 24)));
  store<f64>(DOWNSIDE, load<f64>(DOWNSIDE) + (load<f64>(last, 32) - load<f64>(first, 32)));
}
