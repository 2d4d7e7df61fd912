import { FRAME_TICK, FRAME_TICKS_PER_UNIT } from "../exit-layout";

/** Off a tick by less than this share of it is on it, as in `ticks.ts` of the backtest. */
const ON_TICK: f64 = 1e-6;

/** A price on the grid of ticks, where there is one: rounded up or down. */
export function onTick(price: f64, up: bool): f64 {
  const size = load<f64>(FRAME_TICK);
  if (size === 0) return price;
  const perUnit = load<f64>(FRAME_TICKS_PER_UNIT);
  const count = perUnit > 0 ? price * perUnit : price / size;
  let whole = floor(count + 0.5);
  if (!(abs(count - whole) <= ON_TICK)) whole = up ? ceil(count) : floor(count);
  return perUnit > 0 ? whole / perUnit : whole * size;
}
