import {
  CHUNK,
  FRAME_HIGH_BARS,
  FRAME_LARGEST,
  FRAME_LEAST,
  FRAME_LEFT,
  FRAME_NEXT_HIGH,
  FRAME_NEXT_LOW,
  LEVELS,
  NEXT_BYTES,
  NEXT_TURN,
  NEXT_WORST,
} from "../layout";
import { greater, lesser } from "./extremes";

/** What a close has to reach of an earlier one for equity to meet its peak again, whatever is rounded. */
const REACH: f64 = 1 - 1e-12;

/** Tables of a chunk: the extremes of 2^k closes from each bar on; the others are made when a trial needs them. */
export function fillTables(closes: usize, length: i32): void {
  const least = <usize>load<u32>(FRAME_LEAST);
  const largest = <usize>load<u32>(FRAME_LARGEST);
  fillLevels(least, closes, length, -1);
  fillLevels(largest, closes, length, 1);
  bars = length;
  hasNextHigh = false;
  hasNextLow = false;
  hasFalls = false;
}

/** Bars of the chunk, and which of its other tables are made. */
let bars: i32 = 0;
let hasNextHigh = false;
let hasNextLow = false;
let hasFalls = false;

/** Whether there are, now, the tables of falls, which tell what is not the deepest. */
export function tellsFalls(): bool {
  const highBars = <usize>load<u32>(FRAME_HIGH_BARS);
  if (hasFalls || highBars === 0) return hasFalls;
  const largest = <usize>load<u32>(FRAME_LARGEST);
  fillHighBars(highBars, largest, bars);
  fillLeft(<usize>load<u32>(FRAME_LEFT), <usize>load<u32>(FRAME_LEAST), largest, bars);
  hasFalls = true;
  return true;
}

/** The table of the next bars whose close is as high. */
export function nextHighs(closes: usize): usize {
  const table = <usize>load<u32>(FRAME_NEXT_HIGH);
  if (!hasNextHigh) fillNext(table, closes, bars, 1);
  hasNextHigh = true;
  return table;
}

/** The table of the next bars whose close is as low. */
export function nextLows(closes: usize): usize {
  const table = <usize>load<u32>(FRAME_NEXT_LOW);
  if (!hasNextLow) fillNext(table, closes, bars, -1);
  hasNextLow = true;
  return table;
}

function fillLevels(out: usize, closes: usize, length: i32, sign: i32): void {
  memory.copy(out, closes, (<usize>length) << 3);
  let level = out;
  let step = 1;
  for (let k = 1; k < LEVELS; k++) {
    const count = length - 2 * step + 1;
    if (count > 0) fillLevel(level, (<usize>step) << 3, (<usize>count) << 3, sign);
    level += CHUNK << 3;
    step <<= 1;
  }
}

/** Extremes of stretches twice as long as those of a level, behind it: each of a stretch and the one `ahead` bytes on. */
function fillLevel(level: usize, ahead: usize, bytes: usize, sign: i32): void {
  const next = level + (CHUNK << 3);
  if (ASC_FEATURE_SIMD) {
    // What the last pair writes too much is nobody's.
    for (let j: usize = 0; j < bytes; j += 16) {
      const x = v128.load(level + j);
      const y = v128.load(level + j + ahead);
      v128.store(next + j, sign > 0 ? f64x2.pmax(x, y) : f64x2.pmin(x, y));
    }
    return;
  }
  for (let j: usize = 0; j < bytes; j += 8) {
    const x = load<f64>(level + j);
    const y = load<f64>(level + j + ahead);
    store<f64>(next + j, sign > 0 ? greater(x, y) : lesser(x, y));
  }
}

/** The bars of the largest closes of each level, two bytes each; of several the last. */
function fillHighBars(out: usize, largest: usize, length: i32): void {
  for (let i = 0; i < length; i++) store<u16>(out + ((<usize>i) << 1), <u16>i);
  let level = largest;
  let at = out;
  let step = 1;
  for (let k = 1; k < LEVELS; k++) {
    for (let i = 0; i <= length - 2 * step; i++) {
      const x = load<f64>(level + ((<usize>i) << 3));
      const y = load<f64>(level + ((<usize>(i + step)) << 3));
      const first = <i32>load<u16>(at + ((<usize>i) << 1));
      const later = <i32>load<u16>(at + ((<usize>(i + step)) << 1));
      // Without a branch, as half of them would be guessed wrong.
      const bar = first ^ ((first ^ later) & -i32(y >= x));
      store<u16>(at + ((<usize>(i + CHUNK)) << 1), <u16>bar);
    }
    level += CHUNK << 3;
    at += CHUNK << 1;
    step <<= 1;
  }
}

/** What the deepest drawdown of closes leaves of their peak, over the bars of each level. */
function fillLeft(out: usize, least: usize, largest: usize, length: i32): void {
  for (let i = 0; i < length; i++) store<f64>(out + ((<usize>i) << 3), 1);
  let level: usize = 0;
  let step = 1;
  for (let k = 1; k < LEVELS; k++) {
    const count = length - 2 * step + 1;
    if (count > 0) joinLeft(out + level, least + level, largest + level, step, count);
    level += CHUNK << 3;
    step <<= 1;
  }
}

/** The same of stretches twice as long: of either half, or from the peak of the first to the trough of the second. */
function joinLeft(out: usize, least: usize, largest: usize, step: i32, count: i32): void {
  const next = out + (CHUNK << 3);
  const ahead = (<usize>step) << 3;
  const bytes = (<usize>count) << 3;
  if (ASC_FEATURE_SIMD) {
    // What the last pair writes too much is nobody's.
    for (let j: usize = 0; j < bytes; j += 16) {
      const across = f64x2.div(v128.load(least + j + ahead), v128.load(largest + j));
      const within = f64x2.pmin(v128.load(out + j), v128.load(out + j + ahead));
      v128.store(next + j, f64x2.pmin(within, across));
    }
    return;
  }
  for (let j: usize = 0; j < bytes; j += 8) {
    const across = load<f64>(least + j + ahead) / load<f64>(largest + j);
    const within = lesser(load<f64>(out + j), load<f64>(out + j + ahead));
    store<f64>(next + j, lesser(within, across));
  }
}

/**
 * Per bar: the next one whose close is as high (sign 1) or as low (-1), all but for {@link REACH}, else `length`; the
 * last one up to which closes do not turn back; the least (largest) close before the next.
 */
function fillNext(out: usize, closes: usize, length: i32, sign: i32): void {
  let ahead: f64 = NaN;
  let last = length - 1;
  for (let i = length - 1; i >= 0; i--) {
    const close = load<f64>(closes + ((<usize>i) << 3));
    const bound = sign > 0 ? close * REACH : close / REACH;
    let worst = close;
    let j = i + 1;
    while (j < length) {
      const other = load<f64>(closes + ((<usize>j) << 3));
      if (sign > 0 ? other >= bound : other <= bound) break;
      const entry = out + <usize>j * NEXT_BYTES;
      const beyond = load<f64>(entry, NEXT_WORST);
      worst = sign > 0 ? lesser(worst, beyond) : greater(worst, beyond);
      j = load<i32>(entry);
    }
    const turns = sign > 0 ? ahead < close : ahead > close;
    if (turns) last = i;
    ahead = close;
    const entry = out + <usize>i * NEXT_BYTES;
    store<i32>(entry, j);
    store<i32>(entry, last, NEXT_TURN);
    store<f64>(entry, worst, NEXT_WORST);
  }
}
