import {
  FRAME_TRADES,
  T_BEST,
  T_CLOSED,
  T_LOSSES,
  T_PIVOT,
  T_TRADES,
  T_WINS,
  T_WORST,
  TRADE_BYTES,
} from "../layout";

/** Where the next closed trade of the chunk goes. */
let next: usize = 0;

export function openTrades(): void {
  next = <usize>load<u32>(FRAME_TRADES);
}

export function keepTrade(profit: f64, ratio: f64): void {
  store<f64>(next, profit);
  store<f64>(next, ratio, 8);
  next += TRADE_BYTES;
}

/** Adds the chunk's closed trades to the trial's sums, as `sumTrades` of stats does: TwoSum, trade after trade. */
export function sumTrades(trial: usize): void {
  const first = <usize>load<u32>(FRAME_TRADES);
  const end = next;
  if (first === end) return;
  const sums = trial + T_TRADES;
  const count = load<i32>(trial, T_CLOSED);
  if (count === 0) store<f64>(trial, load<f64>(first), T_PIVOT);
  let best = load<f64>(trial, T_BEST);
  let worst = load<f64>(trial, T_WORST);
  let wins = 0;
  let losses = 0;
  for (let at = first; at < end; at += TRADE_BYTES) {
    const profit = load<f64>(at);
    const ratio = load<f64>(at, 8);
    wins += i32(profit > 0);
    losses += i32(profit < 0);
    if (!(ratio <= best)) best = ratio;
    if (!(ratio >= worst)) worst = ratio;
  }
  store<f64>(trial, best, T_BEST);
  store<f64>(trial, worst, T_WORST);
  store<i32>(trial, count + <i32>((end - first) / TRADE_BYTES), T_CLOSED);
  store<i32>(trial, load<i32>(trial, T_WINS) + wins, T_WINS);
  store<i32>(trial, load<i32>(trial, T_LOSSES) + losses, T_LOSSES);
  const pivot = load<f64>(trial, T_PIVOT);
  if (ASC_FEATURE_SIMD) sumPairs(sums, first, end, pivot);
  else {
    sumSizes(sums, first, end);
    sumProfits(sums, first, end, pivot);
  }
}

/** Won and lost, profit and return, deviation and its square, each two side by side. */
function sumPairs(sums: usize, first: usize, end: usize, pivot: f64): void {
  const none = f64x2.splat(0);
  let sizes = v128.load(sums);
  let profits = v128.load(sums, 16);
  let squares = v128.load(sums, 32);
  let sizesLow = v128.load(sums, 48);
  let profitsLow = v128.load(sums, 64);
  let squaresLow = v128.load(sums, 80);
  for (let at = first; at < end; at += TRADE_BYTES) {
    const trade = v128.load(at);
    const profit = load<f64>(at);
    const off = profit - pivot;
    const size = f64x2.pmax(none, f64x2.replace_lane(f64x2.splat(profit), 1, -profit));
    const square = f64x2.replace_lane(f64x2.splat(off), 1, off * off);
    let sum = f64x2.add(sizes, size);
    let b = f64x2.sub(sum, sizes);
    sizesLow = f64x2.add(
      sizesLow,
      f64x2.add(f64x2.sub(sizes, f64x2.sub(sum, b)), f64x2.sub(size, b)),
    );
    sizes = sum;
    sum = f64x2.add(profits, trade);
    b = f64x2.sub(sum, profits);
    profitsLow = f64x2.add(
      profitsLow,
      f64x2.add(f64x2.sub(profits, f64x2.sub(sum, b)), f64x2.sub(trade, b)),
    );
    profits = sum;
    sum = f64x2.add(squares, square);
    b = f64x2.sub(sum, squares);
    squaresLow = f64x2.add(
      squaresLow,
      f64x2.add(f64x2.sub(squares, f64x2.sub(sum, b)), f64x2.sub(square, b)),
    );
    squares = sum;
  }
  v128.store(sums, sizes);
  v128.store(sums, profits, 16);
  v128.store(sums, squares, 32);
  v128.store(sums, sizesLow, 48);
  v128.store(sums, profitsLow, 64);
  v128.store(sums, squaresLow, 80);
}

function sumSizes(sums: usize, first: usize, end: usize): void {
  let won = load<f64>(sums);
  let lost = load<f64>(sums, 8);
  let wonLow = load<f64>(sums, 48);
  let lostLow = load<f64>(sums, 56);
  for (let at = first; at < end; at += TRADE_BYTES) {
    const profit = load<f64>(at);
    // Half of |x| - x is max(-x, 0), and exact; adding 0 changes nothing.
    const size = abs(profit);
    const loss = (size - profit) * 0.5;
    const gain = (size + profit) * 0.5;
    let sum = won + gain;
    let b = sum - won;
    wonLow += won - (sum - b) + (gain - b);
    won = sum;
    sum = lost + loss;
    b = sum - lost;
    lostLow += lost - (sum - b) + (loss - b);
    lost = sum;
  }
  store<f64>(sums, won);
  store<f64>(sums, lost, 8);
  store<f64>(sums, wonLow, 48);
  store<f64>(sums, lostLow, 56);
}

function sumProfits(sums: usize, first: usize, end: usize, pivot: f64): void {
  let pnl = load<f64>(sums, 16);
  let returns = load<f64>(sums, 24);
  let offs = load<f64>(sums, 32);
  let squares = load<f64>(sums, 40);
  let pnlLow = load<f64>(sums, 64);
  let returnsLow = load<f64>(sums, 72);
  let offsLow = load<f64>(sums, 80);
  let squaresLow = load<f64>(sums, 88);
  for (let at = first; at < end; at += TRADE_BYTES) {
    const profit = load<f64>(at);
    const ratio = load<f64>(at, 8);
    const off = profit - pivot;
    const square = off * off;
    let sum = pnl + profit;
    let b = sum - pnl;
    pnlLow += pnl - (sum - b) + (profit - b);
    pnl = sum;
    sum = returns + ratio;
    b = sum - returns;
    returnsLow += returns - (sum - b) + (ratio - b);
    returns = sum;
    sum = offs + off;
    b = sum - offs;
    offsLow += offs - (sum - b) + (off - b);
    offs = sum;
    sum = squares + square;
    b = sum - squares;
    squaresLow += squares - (sum - b) + (square - b);
    squares = sum;
  }
  store<f64>(sums, pnl, 16);
  store<f64>(sums, returns, 24);
  store<f64>(sums, offs, 32);
  store<f64>(sums, squares, 40);
  store<f64>(sums, pnlLow, 64);
  store<f64>(sums, returnsLow, 72);
  store<f64>(sums, offsLow, 80);
  store<f64>(sums, squaresLow, 88);
}
