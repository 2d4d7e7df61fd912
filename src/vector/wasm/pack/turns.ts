import {
  FRAME_BUY,
  FRAME_CLOSE,
  FRAME_ENTRY,
  FRAME_EXIT_MASK,
  FRAME_GROSS,
  FRAME_PRICE,
  FRAME_RATE,
  FRAME_SELL,
  FRAME_TURNS,
  FRESH,
  RULE_BYTES,
  RULE_KIND,
  RULE_SIDE,
  RULE_VALUE,
  SIZE_PERCENT,
  SIZE_QUANTITY,
  T_ANY,
  T_BARS_HELD,
  T_BEFORE,
  T_CASH,
  T_COMMISSION,
  T_HELD_BARS,
  T_RULES,
  T_SCALE,
  T_TRADED,
  TURN_BYTES,
} from "../layout";
import {
  ALL_IN_SHARE,
  keepFlat,
  keepReturn,
  keepReturns,
  keepStretch,
  pass,
  passBars,
  sumRows,
} from "./account";
import { draw, drawFlat } from "./drawdown";
import { per, TOLERANCE } from "./fill";
import { own } from "./masks";
import { keepTrade } from "./trades";

/** After {@link runTurns}: signals from this bar on are left, and bars before `passed` are accounted for. */
export let nextSignal: i32 = 0;
export let passed: i32 = 0;

/**
 * Runs the trades of a flat account that the only rule that opens and the only rule that closes make within the chunk:
 * what `fill` and `pass` do, with the account in locals. It ends before an order that may not be filled, and before
 * equity that is not above 0.
 *
 * @param bar signals from it on
 * @param from bars before it are accounted for
 */
export function runTurns(
  trial: usize,
  bar: i32,
  from: i32,
  wait: i32,
  chunk: i32,
  length: i32,
): void {
  nextSignal = bar;
  passed = from;
  const count = ASC_FEATURE_SIMD
    ? findTurns<u64>(trial, bar, wait, length)
    : findTurns<u32>(trial, bar, wait, length);
  if (count === 0) return;
  passed = load<i32>(<usize>load<u32>(FRAME_TURNS));
  pass(trial, from, passed, chunk);
  const done = takeTurns(trial, count, chunk);
  sumRows();
  if (done === 0) return;
  passed = load<i32>(<usize>load<u32>(FRAME_TURNS) + <usize>(done - 1) * TURN_BYTES, 4);
  nextSignal = passed - wait + 1;
}

/**
 * Finds the bars of the fills of trades that are closed within the chunk, word by word of type T; returns how many.
 */
function findTurns<T>(trial: usize, bar: i32, wait: i32, length: i32): i32 {
  if (bar >= length) return 0;
  const bits = (<i32>sizeof<T>()) << 3;
  const entries = own(<usize>load<u32>(trial, T_ANY + 4));
  const exits = own(<usize>load<u32>(trial + <usize>load<u32>(FRAME_EXIT_MASK)));
  const turns = <usize>load<u32>(FRAME_TURNS);
  let next = turns;
  // All ones while a position is held: what is looked for then is an exit.
  let held: T = 0;
  let ahead: T = (<T>-1) << (<T>(bar & (bits - 1)));
  for (let from = bar & -bits; from < length; from += bits) {
    const entry = load<T>(entries + (<usize>from >> 3));
    const other = entry ^ load<T>(exits + (<usize>from >> 3));
    let wanted = (entry ^ (other & held)) & ahead;
    while (wanted !== 0) {
      const bit = ctz<T>(wanted);
      store<i32>(next, from + <i32>bit + wait);
      next += 4;
      held = ~held;
      wanted = (entry ^ (other & held)) & ((<T>-2) << bit);
    }
    ahead = <T>-1;
  }
  // Without bits past the chunk, and without a trade that is not closed in it.
  let count = <i32>((next - turns) >> 3);
  while (count > 0 && load<i32>(turns + ((<usize>count) << 3) - 4) >= length) count--;
  return count;
}

/** Returns how many of the trades were made. */
function takeTurns(trial: usize, count: i32, chunk: i32): i32 {
  const rule = trial + T_RULES + <usize>load<i32>(FRAME_ENTRY) * RULE_BYTES;
  const kind = load<i32>(rule, RULE_KIND);
  const size = load<f64>(rule, RULE_VALUE);
  const buys = load<i32>(rule, RULE_SIDE) > 0;
  const isShare = kind === SIZE_PERCENT;
  const enter = load<f64>(buys ? FRAME_BUY : FRAME_SELL);
  const leave = load<f64>(buys ? FRAME_SELL : FRAME_BUY);
  const gross = load<f64>(FRAME_GROSS);
  const rate = load<f64>(FRAME_RATE);
  const scale = load<f64>(trial, T_SCALE);
  const closes = <usize>load<u32>(FRAME_CLOSE) + ((<usize>chunk) << 3);
  const prices = <usize>load<u32>(FRAME_PRICE) + ((<usize>chunk) << 3);
  let cash = load<f64>(trial, T_CASH);
  let before = cash;
  let commission = load<f64>(trial, T_COMMISSION);
  let traded = load<f64>(trial, T_TRADED);
  let held = 0;
  let last = 0;
  let done = 0;
  for (let turn = <usize>load<u32>(FRAME_TURNS); done < count; turn += TURN_BYTES) {
    const entry = load<i32>(turn);
    const exit = load<i32>(turn, 4);
    const bought = load<f64>(prices + ((<usize>entry) << 3)) * enter;
    const sold = load<f64>(prices + ((<usize>exit) << 3)) * leave;
    // Branches that a trial always takes alike cost nothing, where a product by 1 would be waited for.
    let units = size;
    if (kind !== SIZE_QUANTITY) {
      const money = isShare && size !== 1 ? size * cash : isShare ? cash : size;
      units = money / (bought * gross);
      if (scale !== 1) units *= scale;
    }
    const quantity = per(units, scale);
    const value = quantity * bought;
    const fee = value * rate;
    const needed = value + fee;
    const closed = quantity * sold;
    const charge = closed * rate;
    const rest = buys ? cash - value - fee : cash + value - fee;
    const after = buys ? rest + closed - charge : rest - closed - charge;
    const position = buys ? quantity : -quantity;
    const worth = position * load<f64>(closes + ((<usize>entry) << 3));
    const now = rest + worth;
    const end = rest + position * load<f64>(closes + ((<usize>exit) << 3) - 8);
    const fills = units > 0 && units < Infinity && needed - cash <= TOLERANCE * needed;
    if (!(fills && now > 0 && end > 0 && after > 0)) break;
    if (done > 0) {
      keepFlat(entry - last - 1);
      keepReturns(before, cash, now);
      drawFlat(trial, chunk + last, chunk + entry, cash);
    } else keepReturn(now, cash);
    if (entry + 1 < exit) {
      if (abs(rest) <= ALL_IN_SHARE * worth) keepStretch(entry + 1, exit);
      else {
        sumRows();
        store<f64>(trial, now, T_BEFORE);
        passBars(trial, entry + 1, exit, closes, rest, position);
      }
    }
    draw(trial, entry, exit, chunk, closes, rest, position);
    const profit = position * (sold - bought) - (fee + charge);
    keepTrade(profit, profit / value);
    commission = commission + fee + charge;
    traded = traded + value + closed;
    held += exit - entry;
    last = exit;
    before = end;
    cash = after;
    done++;
  }
  if (done === 0) return 0;
  store<i32>(trial, load<i32>(trial) | FRESH);
  store<f64>(trial, cash, T_CASH);
  store<f64>(trial, before, T_BEFORE);
  store<f64>(trial, commission, T_COMMISSION);
  store<f64>(trial, traded, T_TRADED);
  store<i32>(trial, load<i32>(trial, T_HELD_BARS) + held, T_HELD_BARS);
  store<f64>(trial, load<f64>(trial, T_BARS_HELD) + <f64>held, T_BARS_HELD);
  return done;
}
