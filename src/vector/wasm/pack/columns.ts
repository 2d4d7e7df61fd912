import { ADD, CHUNK, COLUMN_BYTES, DIV, EMA_BYTES, MUL, SUB } from "../layout";

/** The last `back` values of a chunk become those before the next one. */
export function keepHistory(column: usize, back: i32): void {
  const bytes = (<usize>back) << 3;
  memory.copy(column - bytes, column - bytes + COLUMN_BYTES, bytes);
}

/**
 * Exact running sums of a source, split into coarse and fine parts as in `exact-sums.ts`, over `back` bars before the
 * chunk and the chunk. Entry j is the sum before the j-th of these bars.
 */
export function prefixSums(
  out: usize,
  source: usize,
  back: i32,
  split: f64,
  from: i32,
  length: i32,
): void {
  const count = back + length;
  const fines = out + ((<usize>(back + CHUNK + 1)) << 3);
  const first = max<i32>(0, back - from);
  let coarse: f64 = 0;
  let fine: f64 = 0;
  for (let j = 0; j <= first; j++) {
    store<f64>(out + ((<usize>j) << 3), 0);
    store<f64>(fines + ((<usize>j) << 3), 0);
  }
  let at = source + ((<usize>(from - back + first)) << 3);
  for (let j = first; j < count; j++) {
    const value = load<f64>(at);
    const high = value + split - split;
    coarse += high;
    fine += value - high;
    at += 8;
    store<f64>(out + ((<usize>(j + 1)) << 3), coarse);
    store<f64>(fines + ((<usize>(j + 1)) << 3), fine);
  }
}

/** Means of the last `period` values: the exact sum, rounded once, ÷ period. */
export function simpleMean(
  out: usize,
  prefix: usize,
  period: i32,
  back: i32,
  from: i32,
  length: i32,
): void {
  const fines = (<usize>(back + CHUNK + 1)) << 3;
  const bytes = (<usize>period) << 3;
  const divisor = <f64>period;
  let now = prefix + ((<usize>(back + 1)) << 3);
  let j = 0;
  if (ASC_FEATURE_SIMD) {
    const divisors = f64x2.splat(divisor);
    for (; j < length; j += 2) {
      const coarse = f64x2.sub(v128.load(now), v128.load(now - bytes));
      const fine = f64x2.sub(v128.load(now + fines), v128.load(now + fines - bytes));
      v128.store(out + ((<usize>j) << 3), f64x2.div(f64x2.add(coarse, fine), divisors));
      now += 16;
    }
  } else {
    for (; j < length; j++) {
      const coarse = load<f64>(now) - load<f64>(now - bytes);
      const fine = load<f64>(now + fines) - load<f64>(now + fines - bytes);
      store<f64>(out + ((<usize>j) << 3), (coarse + fine) / divisor);
      now += 8;
    }
  }
  fillNa(out, min<i32>(length, period - 1 - from));
}

export function fillNa(out: usize, count: i32): void {
  for (let j = 0; j < count; j++) store<f64>(out + ((<usize>j) << 3), NaN);
}

/** Exponential averages, `value + k·(x - value)` from their seeds on; eight side by side. */
export function averages(entries: usize, count: i32, from: i32, length: i32): void {
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i + 8 <= count; i += 8) {
      const group = entries + <usize>i * EMA_BYTES;
      if (startedTogether(group, from)) eightAverages(group, from, length);
      else for (let k = 0; k < 8; k++) average(group + <usize>k * EMA_BYTES, from, length);
    }
  }
  for (; i < count; i++) average(entries + <usize>i * EMA_BYTES, from, length);
}

function startedTogether(group: usize, from: i32): bool {
  for (let k = 0; k < 8; k++) {
    const entry = group + <usize>k * EMA_BYTES;
    if (load<i32>(entry, 12) >= from || load<i32>(entry, 4) !== load<i32>(group, 4)) return false;
  }
  return true;
}

export function sourceOf(entry: usize, from: i32): usize {
  const source = <usize>load<u32>(entry, 4);
  return load<i32>(entry, 8) !== 0 ? source + ((<usize>from) << 3) : source;
}

function average(entry: usize, from: i32, length: i32): void {
  const out = <usize>load<u32>(entry);
  const source = sourceOf(entry, from);
  const seedBar = load<i32>(entry, 12) - from;
  const k = load<f64>(entry, 16);
  let value = load<f64>(entry, 32);
  let j = 0;
  if (seedBar >= 0) {
    fillNa(out, min<i32>(seedBar, length));
    if (seedBar >= length) return;
    value = load<f64>(entry, 24);
    store<f64>(out + ((<usize>seedBar) << 3), value);
    j = seedBar + 1;
  }
  for (; j < length; j++) {
    value = value + k * (load<f64>(source + ((<usize>j) << 3)) - value);
    store<f64>(out + ((<usize>j) << 3), value);
  }
  store<f64>(entry, value, 32);
}

/** Numbers of an average and of the one behind it, side by side. */
export function pair(group: usize, k: i32, offset: usize): v128 {
  const a = group + <usize>k * EMA_BYTES + offset;
  return f64x2.replace_lane(f64x2.splat(load<f64>(a)), 1, load<f64>(a + EMA_BYTES));
}

export function outOf(group: usize, k: i32): usize {
  return <usize>load<u32>(group + <usize>k * EMA_BYTES);
}

function eightAverages(group: usize, from: i32, length: i32): void {
  const source = sourceOf(group, from);
  const k0 = pair(group, 0, 16);
  const k1 = pair(group, 2, 16);
  const k2 = pair(group, 4, 16);
  const k3 = pair(group, 6, 16);
  let v0 = pair(group, 0, 32);
  let v1 = pair(group, 2, 32);
  let v2 = pair(group, 4, 32);
  let v3 = pair(group, 6, 32);
  const o0 = outOf(group, 0);
  const o1 = outOf(group, 1);
  const o2 = outOf(group, 2);
  const o3 = outOf(group, 3);
  const o4 = outOf(group, 4);
  const o5 = outOf(group, 5);
  const o6 = outOf(group, 6);
  const o7 = outOf(group, 7);
  const bytes = (<usize>length) << 3;
  for (let j: usize = 0; j < bytes; j += 8) {
    const x = v128.load64_splat(source + j);
    v0 = f64x2.add(v0, f64x2.mul(k0, f64x2.sub(x, v0)));
    v1 = f64x2.add(v1, f64x2.mul(k1, f64x2.sub(x, v1)));
    v2 = f64x2.add(v2, f64x2.mul(k2, f64x2.sub(x, v2)));
    v3 = f64x2.add(v3, f64x2.mul(k3, f64x2.sub(x, v3)));
    v128.store64_lane(o0 + j, v0, 0);
    v128.store64_lane(o1 + j, v0, 1);
    v128.store64_lane(o2 + j, v1, 0);
    v128.store64_lane(o3 + j, v1, 1);
    v128.store64_lane(o4 + j, v2, 0);
    v128.store64_lane(o5 + j, v2, 1);
    v128.store64_lane(o6 + j, v3, 0);
    v128.store64_lane(o7 + j, v3, 1);
  }
  keepPair(group, 0, v0);
  keepPair(group, 2, v1);
  keepPair(group, 4, v2);
  keepPair(group, 6, v3);
}

export function keepPair(group: usize, k: i32, values: v128): void {
  const a = group + <usize>k * EMA_BYTES + 32;
  store<f64>(a, f64x2.extract_lane(values, 0));
  store<f64>(a + EMA_BYTES, f64x2.extract_lane(values, 1));
}

/** Wilder's RSI with the steps of `rsi-wilder.ts`; its state begins with the averages at the seed's bar. */
export function wilder(out: usize, source: usize, state: usize, from: i32, length: i32): void {
  const period = <f64>load<i32>(state);
  const rest = period - 1;
  const seedBar = load<i32>(state, 4) - from;
  const flat = load<f64>(state, 24);
  let up = load<f64>(state, 8);
  let down = load<f64>(state, 16);
  let j = 0;
  if (seedBar >= 0) {
    fillNa(out, min<i32>(seedBar, length));
    if (seedBar >= length) return;
    store<f64>(out + ((<usize>seedBar) << 3), strength(up, down, flat));
    j = seedBar + 1;
  }
  let last = load<f64>(source + ((<usize>(from + j)) << 3) - 8);
  let at = source + ((<usize>(from + j)) << 3);
  for (; j < length; j++) {
    const value = load<f64>(at);
    const change = value - last;
    const size = abs(change);
    last = value;
    up = (up * rest + 0.5 * (size + change)) / period;
    down = (down * rest + 0.5 * (size - change)) / period;
    store<f64>(out + ((<usize>j) << 3), strength(up, down, flat));
    at += 8;
  }
  store<f64>(state, up, 8);
  store<f64>(state, down, 16);
}

function strength(up: f64, down: f64, flat: f64): f64 {
  if (down === 0) return up === 0 ? flat : 100;
  return 100 - 100 / (1 + up / down);
}

/**
 * Tables of the extremes of the last 2^k values, over `back` bars before the chunk and the chunk; k < levels.
 * `sign` 1: largest, -1: least. Before the first bar no value is an extreme.
 */
export function extremeLevels(
  out: usize,
  source: usize,
  back: i32,
  levels: i32,
  sign: i32,
  from: i32,
  length: i32,
): void {
  const count = back + length;
  const first = min<i32>(count, max<i32>(0, back - from));
  const none: f64 = sign > 0 ? -Infinity : Infinity;
  for (let j = 0; j < first; j++) store<f64>(out + ((<usize>j) << 3), none);
  memory.copy(
    out + ((<usize>first) << 3),
    source + ((<usize>(from - back + first)) << 3),
    (<usize>(count - first)) << 3,
  );
  let level = out;
  let step = 1;
  const bytes = (<usize>(back + CHUNK)) << 3;
  for (let k = 1; k < levels; k++) {
    const next = level + bytes;
    memory.copy(next, level, (<usize>step) << 3);
    joinExtremes(
      next + ((<usize>step) << 3),
      level + ((<usize>step) << 3),
      level,
      count - step,
      sign,
    );
    level = next;
    step <<= 1;
  }
}

/** The more extreme of two columns, value by value. */
function joinExtremes(out: usize, a: usize, b: usize, count: i32, sign: i32): void {
  if (count <= 0) return;
  const bytes = (<usize>count) << 3;
  if (ASC_FEATURE_SIMD) {
    // The last pair may write one value more, which the table has room for.
    if (sign > 0) {
      for (let j: usize = 0; j < bytes; j += 16)
        v128.store(out + j, f64x2.pmax(v128.load(a + j), v128.load(b + j)));
    } else {
      for (let j: usize = 0; j < bytes; j += 16)
        v128.store(out + j, f64x2.pmin(v128.load(a + j), v128.load(b + j)));
    }
  } else {
    for (let j: usize = 0; j < bytes; j += 8) {
      const x = load<f64>(a + j);
      const y = load<f64>(b + j);
      const second = sign > 0 ? x < y : y < x;
      store<f64>(out + j, second ? y : x);
    }
  }
}

/** Extremes of the last `period` values from the table of the largest power of two in it. */
export function extreme(
  out: usize,
  table: usize,
  back: i32,
  period: i32,
  power: i32,
  sign: i32,
  from: i32,
  length: i32,
): void {
  const now = table + ((<usize>back) << 3);
  joinExtremes(out, now, now - ((<usize>(period - power)) << 3), length, sign);
  fillNa(out, min<i32>(length, period - 1 - from));
}

/** Element-wise arithmetic; what is infinite becomes na. */
export function arithmetic(op: i32, out: usize, a: usize, b: usize, length: i32): void {
  const bytes = (<usize>length) << 3;
  for (let j: usize = 0; j < bytes; j += 8) {
    const x = load<f64>(a + j);
    const y = load<f64>(b + j);
    let value: f64 = 0;
    if (op === ADD) value = x + y;
    else if (op === SUB) value = x - y;
    else if (op === MUL) value = x * y;
    else if (op === DIV) value = x / y;
    store<f64>(out + j, value + 0 * value);
  }
}
