import { EMA_BYTES } from "../layout";
import { fillNa, keepPair, outOf, pair, sourceOf } from "./columns";

/** Bytes into an entry: the weight of a new value, and the mean. */
const WEIGHT: usize = 16;
const MEAN: usize = 32;

/**
 * Exponential averages that begin with the first value, `(1-k)·mean + k·x` as in `weighted-mean.ts`, na up to the bars
 * that their entries tell; eight side by side, of one source.
 */
export function blends(entries: usize, count: i32, from: i32, length: i32): void {
  let i = 0;
  if (ASC_FEATURE_SIMD)
    for (; i + 8 <= count; i += 8) eightBlends(entries + <usize>i * EMA_BYTES, from, length);
  for (; i < count; i++) blend(entries + <usize>i * EMA_BYTES, from, length);
  for (let k = 0; k < count; k++) {
    const entry = entries + <usize>k * EMA_BYTES;
    fillNa(<usize>load<u32>(entry), min<i32>(length, load<i32>(entry, 12) - from));
  }
}

function blend(entry: usize, from: i32, length: i32): void {
  const out = <usize>load<u32>(entry);
  const source = sourceOf(entry, from);
  const k = load<f64>(entry, WEIGHT);
  const keep = 1 - k;
  let mean = load<f64>(entry, MEAN);
  const bytes = (<usize>length) << 3;
  for (let j: usize = 0; j < bytes; j += 8) {
    const x = load<f64>(source + j);
    // A value equal to the mean leaves its bits alone.
    if (x !== mean) mean = keep * mean + k * x;
    store<f64>(out + j, mean);
  }
  store<f64>(entry, mean, MEAN);
}

function eightBlends(group: usize, from: i32, length: i32): void {
  const source = sourceOf(group, from);
  const one = f64x2.splat(1);
  const k0 = pair(group, 0, WEIGHT);
  const k1 = pair(group, 2, WEIGHT);
  const k2 = pair(group, 4, WEIGHT);
  const k3 = pair(group, 6, WEIGHT);
  const keep0 = f64x2.sub(one, k0);
  const keep1 = f64x2.sub(one, k1);
  const keep2 = f64x2.sub(one, k2);
  const keep3 = f64x2.sub(one, k3);
  let v0 = pair(group, 0, MEAN);
  let v1 = pair(group, 2, MEAN);
  let v2 = pair(group, 4, MEAN);
  let v3 = pair(group, 6, MEAN);
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
    v0 = blendPair(v0, x, keep0, k0);
    v1 = blendPair(v1, x, keep1, k1);
    v2 = blendPair(v2, x, keep2, k2);
    v3 = blendPair(v3, x, keep3, k3);
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

function blendPair(mean: v128, x: v128, keep: v128, k: v128): v128 {
  const next = f64x2.add(f64x2.mul(keep, mean), f64x2.mul(k, x));
  return v128.bitselect(mean, next, f64x2.eq(x, mean));
}
