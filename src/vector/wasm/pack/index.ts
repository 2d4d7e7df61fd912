import { FRAME_LOWS } from "../exit-layout";
import { FRAME_CLOSE, FRAME_RISK_FREE, FRAME_RUNNING, RUNNING_BYTES } from "../layout";
import { fillTables } from "./close-tables";
import { runExitTrials } from "./exit-trials";
import { growTrees } from "./extreme-trees";
import { runOps } from "./ops";
import { runTrials } from "./turn-pairs";

/**
 * One chunk for all trials: the columns and masks that trials share, then every trial.
 *
 * @param ops what is shared, in order of need
 * @param trials `count` trials of `bytes` bytes each
 */
export function runChunk(
  ops: usize,
  opCount: i32,
  trials: usize,
  count: i32,
  bytes: i32,
  from: i32,
  length: i32,
): void {
  runOps(ops, opCount, from, length);
  sumReturns(from, length);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>from) << 3);
  fillTables(closes, length);
  if (load<u32>(FRAME_LOWS) !== 0) {
    growTrees(from, length);
    runExitTrials(trials, count, bytes, from, length);
    return;
  }
  runTrials(trials, count, bytes, from, length);
}

/** The asset's running sums over the chunk, as in `asset-returns.ts`. */
function sumReturns(from: i32, length: i32): void {
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>from) << 3);
  const rf = load<f64>(FRAME_RISK_FREE);
  let row = <usize>load<u32>(FRAME_RUNNING);
  let mark = from === 0 ? load<f64>(closes) : load<f64>(closes - 8);
  let excess: f64 = 0;
  let low: f64 = 0;
  let gains: f64 = 0;
  let losses: f64 = 0;
  let squares: f64 = 0;
  let downside: f64 = 0;
  memory.fill(row, 0, RUNNING_BYTES);
  for (let i = 0; i < length; i++) {
    const price = load<f64>(closes + ((<usize>i) << 3));
    const r = (price - mark) / mark;
    mark = price;
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
    row += RUNNING_BYTES;
    store<f64>(row, excess + low);
    store<f64>(row, gains, 8);
    store<f64>(row, losses, 16);
    store<f64>(row, squares, 24);
    store<f64>(row, downside, 32);
  }
}
