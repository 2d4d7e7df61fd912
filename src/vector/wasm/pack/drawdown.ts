import {
  CHUNK,
  FRAME_LARGEST,
  FRAME_LEAST,
  FRAME_NEXT_HIGH,
  FRAME_NEXT_LOW,
  LEVELS,
  T_DEPTH,
  T_LONGEST,
  T_PEAK,
  T_PEAK_BAR,
  T_TROUGH,
} from "../layout";

/** What a close has to reach of an earlier one for equity to meet its peak again, whatever is rounded. */
const REACH: f64 = 1 - 1e-12;
/** Cash, by the value of the position, up to which closes that are {@link REACH} apart give different equity. */
const MOST_CASH: f64 = 1000;

/** Tables of a chunk: the extremes of 2^k closes from each bar on, and the next bar that reaches each close. */
export function fillTables(closes: usize, length: i32): void {
  fillLevels(<usize>load<u32>(FRAME_LEAST), closes, length, -1);
  fillLevels(<usize>load<u32>(FRAME_LARGEST), closes, length, 1);
  fillNext(<usize>load<u32>(FRAME_NEXT_HIGH), closes, length, 1);
  fillNext(<usize>load<u32>(FRAME_NEXT_LOW), closes, length, -1);
}

function fillLevels(out: usize, closes: usize, length: i32, sign: i32): void {
  memory.copy(out, closes, (<usize>length) << 3);
  let level = out;
  let step = 1;
  for (let k = 1; k < LEVELS; k++) {
    const next = level + (CHUNK << 3);
    const count = length - 2 * step + 1;
    const ahead = (<usize>step) << 3;
    for (let j: usize = 0; count > 0 && j < (<usize>count) << 3; j += 8) {
      const x = load<f64>(level + j);
      const y = load<f64>(level + j + ahead);
      store<f64>(next + j, (sign > 0 ? y > x : y < x) ? y : x);
    }
    level = next;
    step <<= 1;
  }
}

/**
 * Per bar: the next one whose close is as high (sign 1) or as low (-1), all but for {@link REACH}, else `length`; then
 * the last one up to which closes do not turn back.
 */
function fillNext(out: usize, closes: usize, length: i32, sign: i32): void {
  let ahead: f64 = NaN;
  let last = length - 1;
  for (let i = length - 1; i >= 0; i--) {
    const close = load<f64>(closes + ((<usize>i) << 3));
    const bound = sign > 0 ? close * REACH : close / REACH;
    let j = i + 1;
    while (j < length) {
      const other = load<f64>(closes + ((<usize>j) << 3));
      if (sign > 0 ? other >= bound : other <= bound) break;
      j = load<i32>(out + ((<usize>j) << 3));
    }
    const turns = sign > 0 ? ahead < close : ahead > close;
    if (turns) last = i;
    ahead = close;
    store<i32>(out + ((<usize>i) << 3), j);
    store<i32>(out + ((<usize>i) << 3), last, 4);
  }
}

/** The drawdown over the bars `from` to before `to` of all, without a position. */
export function drawFlat(trial: usize, from: i32, to: i32, cash: f64): void {
  const peak = load<f64>(trial, T_PEAK);
  const trough = load<f64>(trial, T_TROUGH);
  if (cash >= peak) {
    recover(trial, from, peak, trough);
    store<i32>(trial, to - 1, T_PEAK_BAR);
    store<f64>(trial, cash, T_PEAK);
    store<f64>(trial, cash, T_TROUGH);
  } else store<f64>(trial, lesser(trough, cash), T_TROUGH);
}

/**
 * The drawdown over bars with a position. Equity rises and falls with the close, so that the least and the largest
 * close give the least and the largest equity; only where it meets its peak are bars looked at.
 */
export function draw(
  trial: usize,
  from: i32,
  to: i32,
  chunk: i32,
  closes: usize,
  cash: f64,
  quantity: f64,
): void {
  const least = <usize>load<u32>(FRAME_LEAST);
  const largest = <usize>load<u32>(FRAME_LARGEST);
  const level = 31 - <i32>clz(to - from);
  const offset = ((<usize>level) << 13) + ((<usize>from) << 3);
  const second = (<usize>(to - from - (1 << level))) << 3;
  const low = lesser(load<f64>(least + offset), load<f64>(least + offset + second));
  const high = greater(load<f64>(largest + offset), load<f64>(largest + offset + second));
  const long = quantity > 0;
  const top = cash + quantity * (long ? high : low);
  const bottom = cash + quantity * (long ? low : high);
  if (top >= load<f64>(trial, T_PEAK)) {
    const apart = abs(cash) <= MOST_CASH * abs(quantity) * low;
    const next = <usize>load<u32>(long ? FRAME_NEXT_HIGH : FRAME_NEXT_LOW);
    if (!apart) followBars(trial, from, to, chunk, closes, cash, quantity);
    else if (long) follow(trial, from, to, chunk, cash, quantity, largest, least, next);
    else follow(trial, from, to, chunk, cash, quantity, least, largest, next);
  } else store<f64>(trial, lesser(load<f64>(trial, T_TROUGH), bottom), T_TROUGH);
}

// As one instruction: a choice between numbers is a branch, and here one that is guessed wrong half the time.

function lesser(a: f64, b: f64): f64 {
  if (ASC_FEATURE_SIMD) return f64x2.extract_lane(f64x2.pmin(f64x2.splat(a), f64x2.splat(b)), 0);
  return b < a ? b : a;
}

function greater(a: f64, b: f64): f64 {
  if (ASC_FEATURE_SIMD) return f64x2.extract_lane(f64x2.pmax(f64x2.splat(a), f64x2.splat(b)), 0);
  return b > a ? b : a;
}

/** Equity from peak to peak: bars between a close and the next that reaches it are below the peak. */
function follow(
  trial: usize,
  from: i32,
  to: i32,
  chunk: i32,
  cash: f64,
  quantity: f64,
  best: usize,
  worst: usize,
  next: usize,
): void {
  let peak = load<f64>(trial, T_PEAK);
  let trough = load<f64>(trial, T_TROUGH);
  let bar = from;
  for (let level = 31 - <i32>clz(to - from); level >= 0; level--) {
    if (bar + (1 << level) > to) continue;
    const at = ((<usize>level) << 13) + ((<usize>bar) << 3);
    if (cash + quantity * load<f64>(best + at) >= peak) continue;
    trough = lesser(trough, cash + quantity * load<f64>(worst + at));
    bar += 1 << level;
  }
  while (bar < to) {
    const now = cash + quantity * load<f64>(best + ((<usize>bar) << 3));
    if (now >= peak) {
      recover(trial, chunk + bar, peak, trough);
      bar = min<i32>(to - 1, load<i32>(next + ((<usize>bar) << 3), 4));
      peak = cash + quantity * load<f64>(best + ((<usize>bar) << 3));
      trough = peak;
      store<i32>(trial, chunk + bar, T_PEAK_BAR);
    } else trough = lesser(trough, now);
    const ahead = min<i32>(to, load<i32>(next + ((<usize>bar) << 3)));
    const between = ahead - bar - 1;
    if (between > 0) {
      const level = 31 - <i32>clz(between);
      const at = worst + ((<usize>level) << 13) + ((<usize>(bar + 1)) << 3);
      const second = (<usize>(between - (1 << level))) << 3;
      trough = lesser(trough, cash + quantity * load<f64>(at));
      trough = lesser(trough, cash + quantity * load<f64>(at + second));
    }
    bar = ahead;
  }
  store<f64>(trial, peak, T_PEAK);
  store<f64>(trial, trough, T_TROUGH);
}

/** Equity bar by bar, where cash is so large that its rounding may hide what closes tell apart. */
function followBars(
  trial: usize,
  from: i32,
  to: i32,
  chunk: i32,
  closes: usize,
  cash: f64,
  quantity: f64,
): void {
  let peak = load<f64>(trial, T_PEAK);
  let trough = load<f64>(trial, T_TROUGH);
  for (let i = from; i < to; i++) {
    const now = cash + quantity * load<f64>(closes + ((<usize>i) << 3));
    if (now >= peak) {
      recover(trial, chunk + i, peak, trough);
      store<i32>(trial, chunk + i, T_PEAK_BAR);
      peak = now;
      trough = now;
    } else trough = lesser(trough, now);
  }
  store<f64>(trial, peak, T_PEAK);
  store<f64>(trial, trough, T_TROUGH);
}

/** Takes account of the drawdown down to `trough` that ended before bar `bar`. */
function recover(trial: usize, bar: i32, peak: f64, trough: f64): void {
  const below = bar - 1 - load<i32>(trial, T_PEAK_BAR);
  if (below === 0) return;
  const depth = 1 - trough / peak;
  if (depth > load<f64>(trial, T_DEPTH)) store<f64>(trial, depth, T_DEPTH);
  if (below > load<i32>(trial, T_LONGEST)) store<i32>(trial, below, T_LONGEST);
}
