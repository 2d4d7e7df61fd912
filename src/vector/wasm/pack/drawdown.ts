import {
  FRAME_HIGH_BARS,
  FRAME_LARGEST,
  FRAME_LEAST,
  FRAME_LEFT,
  NEXT_BYTES,
  NEXT_TURN,
  NEXT_WORST,
  T_DEPTH,
  T_LONGEST,
  T_PEAK,
  T_PEAK_BAR,
  T_TROUGH,
} from "../layout";
import { nextHighs, nextLows, tellsFalls } from "./close-tables";
import { greater, lesser } from "./extremes";

/** Cash, by the value of the position, up to which closes that are {@link REACH} apart give different equity. */
const MOST_CASH: f64 = 1000;
/** More than what is rounded of a drawdown. */
const NEAR: f64 = 1e-12;
/** Debt, by the value of a position, that makes no drawdown deeper by more than {@link MARGIN}. */
const DEBT: f64 = 1e-10;
const MARGIN: f64 = 1e-9;

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
  const offset = firstHalf(from, to);
  const second = toSecondHalf(from, to);
  const low = lesser(load<f64>(least + offset), load<f64>(least + offset + second));
  const high = greater(load<f64>(largest + offset), load<f64>(largest + offset + second));
  const long = quantity > 0;
  const top = cash + quantity * (long ? high : low);
  const bottom = cash + quantity * (long ? low : high);
  if (top < load<f64>(trial, T_PEAK)) {
    store<f64>(trial, lesser(load<f64>(trial, T_TROUGH), bottom), T_TROUGH);
    return;
  }
  if (long && isShallow(trial, from, to, cash, quantity, low)) {
    const isLater = load<f64>(largest + offset + second) === high;
    const table = <usize>load<u32>(FRAME_HIGH_BARS);
    const bar = <i32>load<u16>(table + ((offset + (isLater ? second : 0)) >> 2));
    let trough = top;
    if (bar + 1 < to) trough = lesser(trough, cash + quantity * leastClose(bar + 1, to));
    store<f64>(trial, top, T_PEAK);
    store<f64>(trial, trough, T_TROUGH);
    store<i32>(trial, chunk + bar, T_PEAK_BAR);
    return;
  }
  const best = long ? largest : least;
  const worst = long ? least : largest;
  if (abs(cash) <= MOST_CASH * abs(quantity) * low) {
    const next = long ? nextHighs(closes) : nextLows(closes);
    follow(trial, from, to, chunk, cash, quantity, best, worst, next);
  } else followBars(trial, from, to, chunk, closes, cash, quantity);
}

/**
 * Whether no drawdown over the bars of a long position is the deepest, all but the one that it ends, and nobody asks for
 * the longest: then the last peak is all that counts.
 */
function isShallow(trial: usize, from: i32, to: i32, cash: f64, quantity: f64, low: f64): bool {
  // Debt makes equity fall faster than closes do.
  if (!tellsFalls() || cash < -DEBT * quantity * low) return false;
  const bottom = cash + quantity * low;
  const peak = load<f64>(trial, T_PEAK);
  const trough = load<f64>(trial, T_TROUGH);
  let depth = load<f64>(trial, T_DEPTH);
  const isKnown = trough <= bottom;
  if (isKnown && trough < peak * (1 - depth + NEAR)) {
    depth = max<f64>(depth, 1 - trough / peak);
    store<f64>(trial, depth, T_DEPTH);
  }
  const keeps = 1 - depth + MARGIN;
  const width = halfOf(from, to);
  const offset = firstHalf(from, to);
  const left = <usize>load<u32>(FRAME_LEFT) + offset;
  const within = lesser(load<f64>(left), load<f64>(left + toSecondHalf(from, to)));
  const high = load<f64>(<usize>load<u32>(FRAME_LARGEST) + offset);
  return (
    within >= keeps &&
    (to - from === width || leastClose(from + width, to) >= high * keeps) &&
    (isKnown || bottom >= peak * keeps)
  );
}

// Two stretches of 2^k bars cover any bars of a chunk: one from their first on, one up to their last.

function halfOf(from: i32, to: i32): i32 {
  return 1 << (31 - <i32>clz(to - from));
}

/** Where a table of levels tells of the first of them. */
function firstHalf(from: i32, to: i32): usize {
  return ((<usize>(31 - <i32>clz(to - from))) << 13) + ((<usize>from) << 3);
}

/** How far behind it the other one stands. */
function toSecondHalf(from: i32, to: i32): usize {
  return (<usize>(to - from - halfOf(from, to))) << 3;
}

function leastClose(from: i32, to: i32): f64 {
  const at = <usize>load<u32>(FRAME_LEAST) + firstHalf(from, to);
  return lesser(load<f64>(at), load<f64>(at + toSecondHalf(from, to)));
}

/** The least equity over bars of a chunk, by a table of the extremes of closes. */
function extremeEquity(from: i32, to: i32, cash: f64, quantity: f64, levels: usize): f64 {
  const at = levels + firstHalf(from, to);
  const second = load<f64>(at + toSecondHalf(from, to));
  return lesser(cash + quantity * load<f64>(at), cash + quantity * second);
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
  let peakBar = load<i32>(trial, T_PEAK_BAR) - chunk;
  let longest = load<i32>(trial, T_LONGEST);
  let depth = load<f64>(trial, T_DEPTH);
  let bar = from;
  while (bar < to) {
    const now = cash + quantity * load<f64>(best + ((<usize>bar) << 3));
    if (now >= peak) {
      const below = bar - 1 - peakBar;
      if (below !== 0) {
        longest = max<i32>(longest, below);
        // A division takes long: most falls are far from the deepest.
        if (trough < peak * (1 - depth + NEAR)) depth = max<f64>(depth, 1 - trough / peak);
      }
      bar = min<i32>(to - 1, load<i32>(next + <usize>bar * NEXT_BYTES, NEXT_TURN));
      peak = cash + quantity * load<f64>(best + ((<usize>bar) << 3));
      trough = peak;
      peakBar = bar;
    } else trough = lesser(trough, now);
    const entry = next + <usize>bar * NEXT_BYTES;
    const ahead = load<i32>(entry);
    if (ahead >= to) {
      if (bar + 1 < to) trough = lesser(trough, extremeEquity(bar + 1, to, cash, quantity, worst));
      break;
    }
    if (ahead > bar + 1) trough = lesser(trough, cash + quantity * load<f64>(entry, NEXT_WORST));
    bar = ahead;
  }
  store<f64>(trial, peak, T_PEAK);
  store<f64>(trial, trough, T_TROUGH);
  store<i32>(trial, chunk + peakBar, T_PEAK_BAR);
  store<i32>(trial, longest, T_LONGEST);
  store<f64>(trial, depth, T_DEPTH);
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
