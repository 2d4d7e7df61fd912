import {
  DISTANCE_COLUMN,
  DISTANCE_KIND,
  DISTANCE_VALUE,
  FRAME_BOTH_HIT,
  FRAME_HIGH,
  FRAME_LOW,
  FRAME_OPEN,
  OF_ATR,
  SHARE,
  STOP_FIRST,
  TV_PATH,
  X_STOP,
  X_STOP_LEVEL,
  X_TARGET,
  X_TARGET_LEVEL,
} from "../exit-layout";
import { FRAME_BUY, FRAME_SELL, T_ENTRY, T_ENTRY_BAR, T_EXITS, T_UNITS } from "../layout";
import { firstAtOrAbove, firstAtOrBelow } from "./extreme-trees";
import { closeAll } from "./fill";
import { onTick } from "./ticks";

/** Whether every distance is known for an order that fills on a bar. */
export function areKnown(exits: usize, bar: i32): bool {
  return isKnown(exits + X_STOP, bar) && isKnown(exits + X_TARGET, bar);
}

function isKnown(distance: usize, bar: i32): bool {
  return load<i32>(distance, DISTANCE_KIND) !== OF_ATR || rangeAt(distance, bar) > 0;
}

function rangeAt(distance: usize, bar: i32): f64 {
  return load<f64>(<usize>load<u32>(distance, DISTANCE_COLUMN) + ((<usize>bar) << 3));
}

/** How far a level is from the entry price of a fill on a bar; na without a level. */
function away(distance: usize, entry: f64, bar: i32): f64 {
  const kind = load<i32>(distance, DISTANCE_KIND);
  const value = load<f64>(distance, DISTANCE_VALUE);
  if (kind === SHARE) return value * entry;
  return kind === OF_ATR ? value * rangeAt(distance, bar) : value;
}

export function stopLevel(exits: usize, entry: f64, bar: i32, sign: f64): f64 {
  return onTick(entry - sign * away(exits + X_STOP, entry, bar), sign < 0);
}

export function targetLevel(exits: usize, entry: f64, bar: i32, sign: f64): f64 {
  return onTick(entry + sign * away(exits + X_TARGET, entry, bar), sign > 0);
}

/** Sets the levels of the position if its lot is from this bar. */
export function placeLevels(trial: usize, bar: i32, chunk: i32): void {
  const units = load<f64>(trial, T_UNITS);
  if (units === 0 || load<i32>(trial, T_ENTRY_BAR) !== chunk + bar) return;
  const exits = <usize>load<u32>(trial, T_EXITS);
  const sign: f64 = units > 0 ? 1 : -1;
  const entry = load<f64>(trial, T_ENTRY);
  store<f64>(exits, stopLevel(exits, entry, bar, sign), X_STOP_LEVEL);
  store<f64>(exits, targetLevel(exits, entry, bar, sign), X_TARGET_LEVEL);
}

export function firstStop(level: f64, isLong: bool, from: i32, length: i32): i32 {
  return isLong ? firstAtOrBelow(level, from, length) : firstAtOrAbove(level, from, length);
}

export function firstTarget(level: f64, isLong: bool, from: i32, length: i32): i32 {
  return isLong ? firstAtOrAbove(level, from, length) : firstAtOrBelow(level, from, length);
}

/** The first bar from `from` on that touches a level of the position, or `length`. */
export function firstTouch(trial: usize, from: i32, length: i32): i32 {
  const exits = <usize>load<u32>(trial, T_EXITS);
  const isLong = load<f64>(trial, T_UNITS) > 0;
  return min<i32>(
    firstStop(load<f64>(exits, X_STOP_LEVEL), isLong, from, length),
    firstTarget(load<f64>(exits, X_TARGET_LEVEL), isLong, from, length),
  );
}

/** Whether a bar that reaches both levels reaches the stop first; its open does where it is beyond one. */
export function stopsFirst(stop: f64, target: f64, isLong: bool, bar: i32): bool {
  const at = (<usize>bar) << 3;
  const open = load<f64>(<usize>load<u32>(FRAME_OPEN) + at);
  if (isLong ? open <= stop : open >= stop) return true;
  if (isLong ? open >= target : open <= target) return false;
  const policy = load<i32>(FRAME_BOTH_HIT);
  if (policy !== TV_PATH) return policy === STOP_FIRST;
  const high = load<f64>(<usize>load<u32>(FRAME_HIGH) + at);
  const low = load<f64>(<usize>load<u32>(FRAME_LOW) + at);
  return high - open < open - low !== isLong;
}

/** What a unit brings where the stop closes: its level, or the open beyond it, as a market order. */
export function stopPrice(stop: f64, isLong: bool, bar: i32): f64 {
  const open = load<f64>(<usize>load<u32>(FRAME_OPEN) + ((<usize>bar) << 3));
  if (isLong) return onTick((open <= stop ? open : stop) * load<f64>(FRAME_SELL), false);
  return onTick((open >= stop ? open : stop) * load<f64>(FRAME_BUY), true);
}

/** What it brings where the target does: its level, or the open beyond it. */
export function targetPrice(target: f64, isLong: bool, bar: i32): f64 {
  const open = load<f64>(<usize>load<u32>(FRAME_OPEN) + ((<usize>bar) << 3));
  return (isLong ? open >= target : open <= target) ? open : target;
}

/** What a unit of the position brings on a bar of the dataset that touches a level. */
export function exitPrice(trial: usize, isLong: bool, bar: i32): f64 {
  const exits = <usize>load<u32>(trial, T_EXITS);
  const at = (<usize>bar) << 3;
  const stop = load<f64>(exits, X_STOP_LEVEL);
  const target = load<f64>(exits, X_TARGET_LEVEL);
  const high = load<f64>(<usize>load<u32>(FRAME_HIGH) + at);
  const low = load<f64>(<usize>load<u32>(FRAME_LOW) + at);
  const stops = isLong ? low <= stop : high >= stop;
  const reaches = isLong ? high >= target : low <= target;
  const byStop = stops && (!reaches || stopsFirst(stop, target, isLong, bar));
  return byStop ? stopPrice(stop, isLong, bar) : targetPrice(target, isLong, bar);
}

/** Closes the position on a bar that touches a level, the bars from `passed` on accounted for first. */
export function leave(trial: usize, bar: i32, passed: i32, chunk: i32): void {
  const price = exitPrice(trial, load<f64>(trial, T_UNITS) > 0, chunk + bar);
  closeAll(trial, price, bar, passed, chunk);
}
