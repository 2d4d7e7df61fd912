import { reach } from "./intrabar.ts";
import { marketPrice, type Session } from "./session.ts";
import type { Order } from "./simulation.ts";

/**
 * Runs limit orders, and market orders among them, bar by bar: what is working fills along the bar's
 * assumed path, then the rules are evaluated at the close.
 * @returns the orders that are still working.
 */
export function runBars(session: Session): Order[] {
  const { bars, signals, settings, firing, broker, curve } = session;
  const { rules } = signals;
  const length = bars.time.length;
  const atClose = settings.fill === "close";
  let working: Order[] = [];
  let resume = Number.NEGATIVE_INFINITY;

  for (let bar = settings.start; bar < length; bar++) {
    working = activate(working, bar);
    fill(bar);
    if (bars.time[bar] >= resume && place(bar)) {
      resume = bars.time[bar] + signals.cooldown;
      if (atClose && settings.delay === 0) fill(bar);
    }
  }
  return activate(working, length);

  /** A replacement takes effect when its orders do, so that latency holds for it as well. */
  function activate(orders: Order[], bar: number): Order[] {
    const replaced = signals.replaceOrders && orders.some((order) => order.firstBar === bar);
    return replaced ? orders.filter((order) => order.firstBar >= bar) : orders;
  }

  function fill(bar: number): void {
    if (working.length === 0) return;
    const reached = reach(working, bars, bar, atClose);
    if (reached.length === 0) return;
    curve.markUntil(bar, broker);
    for (const { order, price } of reached) {
      const paid = Number.isNaN(order.limit)
        ? marketPrice(order.side, price, settings.slippage)
        : price;
      broker.fill(order.rule, order.signalBar, bar, paid);
    }
    const done = new Set(reached.map(({ order }) => order));
    working = working.filter((order) => !done.has(order));
  }

  function place(signalBar: number): boolean {
    const sign = Math.sign(broker.units);
    const before = working.length;
    for (let rule = 0; rule < rules.length; rule++) {
      const { side, limit } = rules[rule];
      if (!firing.fires(rule, sign, signalBar)) continue;
      if (limit === undefined) {
        const firstBar = signalBar + settings.delay + (atClose ? 0 : 1);
        working.push({ rule, side, signalBar, firstBar, limit: Number.NaN });
      } else if (!Number.isNaN(limit[signalBar])) {
        const firstBar = signalBar + settings.delay + 1;
        working.push({ rule, side, signalBar, firstBar, limit: limit[signalBar] });
      }
    }
    return working.length > before;
  }
}
