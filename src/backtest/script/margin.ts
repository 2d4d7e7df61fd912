import type { Account } from "./account.ts";
import type { Market } from "./market.ts";

/** A shortfall below this share of what is needed is rounding. */
const TOLERANCE = 1e-9;

/**
 * Units that a margin call closes at `price`: four times what covers the shortfall, and one contract where that is less
 * than a lot, as TradingView does (Help Center, "How does margin call work").
 */
export function coverUnits(account: Account, price: number, margin: number): number {
  if (margin === 0) return 0;
  // A long position that was paid in full lacks nothing at any price.
  if (margin === 1 && account.units > 0 && account.cash >= 0) return 0;
  const held = Math.abs(account.units);
  const needed = Math.abs(account.quantity) * price * margin;
  const lacking = needed - account.equityAt(price);
  if (!(lacking > TOLERANCE * needed)) return 0;
  const cover = account.quantities.of(lacking / margin / price);
  return Math.min(held, cover > 0 ? 4 * cover : account.quantities.of(1));
}

/** Whether the bar's path, with the position as it is, comes by a margin call. */
export function callable(account: Account, market: Market, margin: number): boolean {
  if (account.units === 0) return false;
  // More than the value of a long position is lacking sooner where the price is high.
  const worst = account.units > 0 && margin <= 1 ? market.low : market.high;
  return coverUnits(account, worst, margin) > 0;
}

/** The price at which the position is called; na where there is none. */
export function liquidationPrice(account: Account, margin: number): number {
  const side = Math.sign(account.units);
  if (side === 0 || margin === 0 || margin === side) return Number.NaN;
  // cash + quantity·p = |quantity|·p·margin
  const price = account.cash / (Math.abs(account.quantity) * (margin - side));
  return price > 0 ? price : Number.NaN;
}
