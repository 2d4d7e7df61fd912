import {
  FRAME_EXIT_LISTS,
  TURN_BOUGHT,
  TURN_END,
  TURN_FILL,
  TURN_SIGNAL,
  TURN_SOLD,
} from "../exit-layout";
import { FRAME_BUY, FRAME_PRICE, FRAME_SELL } from "../layout";
import { nextSet } from "./masks";
import { onTick } from "./ticks";

/** Trades of the list at hand. */
export let turns: i32 = 0;
/** The first bar that signals the end of what was carried into the chunk. */
export let firstEnd: i32 = 0;
/** Grows with each list. */
export let list: i32 = 0;

let entriesOf: usize = 0;
let exitsOf: usize = 0;
let apart = false;

/** What was listed holds no longer: masks have changed. */
export function forgetTurns(): void {
  entriesOf = 0;
}

/**
 * Lists the trades of two masks where each entry comes after the end of the trade before, so that whoever is flat takes
 * all of them, however he leaves. A list is kept for the trials that follow with the same masks.
 *
 * @returns false where trades overlap, or an order would wait for the next chunk
 */
export function listTurns(entries: usize, exits: usize, chunk: i32, length: i32, wait: i32): bool {
  if (entries === entriesOf && exits === exitsOf) return apart;
  entriesOf = entries;
  exitsOf = exits;
  list++;
  apart = readTurns(entries, exits, chunk, length, wait);
  return apart;
}

function readTurns(entries: usize, exits: usize, chunk: i32, length: i32, wait: i32): bool {
  const lists = <usize>load<u32>(FRAME_EXIT_LISTS);
  const prices = <usize>load<u32>(FRAME_PRICE) + ((<usize>chunk) << 3);
  const last = length - wait;
  turns = 0;
  firstEnd = nextSet(exits, 0, length);
  if (firstEnd < length && firstEnd >= last) return false;
  let entry = nextSet(entries, 0, length);
  while (entry < length) {
    if (entry >= last) return false;
    const exit = nextSet(exits, entry + 1, length);
    const next = nextSet(entries, entry + 1, length);
    if (exit < length ? exit >= last || next <= exit : next < length) return false;
    const end = exit < length ? exit + wait : length;
    const at = lists + ((<usize>turns) << 2);
    store<i32>(at, entry + wait, TURN_FILL);
    store<i32>(at, exit, TURN_SIGNAL);
    store<i32>(at, end, TURN_END);
    const place = lists + ((<usize>turns) << 3);
    const bought = load<f64>(prices + ((<usize>(entry + wait)) << 3)) * load<f64>(FRAME_BUY);
    store<f64>(place, onTick(bought, true), TURN_BOUGHT);
    const sold =
      exit < length ? load<f64>(prices + ((<usize>end) << 3)) * load<f64>(FRAME_SELL) : 0;
    store<f64>(place, onTick(sold, false), TURN_SOLD);
    turns++;
    entry = next;
  }
  return true;
}
