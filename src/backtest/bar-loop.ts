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
  const working: Order[] = [];
  let resume = Number.NEGATIVE_INFINITY;

  for (let bar = settings.start; bar < length; bar++) {
    if (signals.replaceOrders) cancelReplaced(working, bar);
    fill(bar);
    if (bars.time[bar] >= resume && place(bar)) {
      resume = bars.time[bar] + signals.cooldown;
      if (atClose && settings.delay === 0) fill(bar);
    }
  }
  if (signals.replaceOrders) cancelReplaced(working, length);
  return working;

  function fill(bar: number): void {
    if (working.length === 0) return;
    const reached = reach(working, bars, bar, atClose);
    if (reached.length === 0) return;
    curve.markUntil(bar, broker);
    const done = new Uint8Array(working.length);
    for (const { index, price } of reached) {
      const { rule, side, signalBar, limit } = working[index];
      const market = Number.isNaN(limit);
      const paid = market ? marketPrice(side, price, settings.slippage) : price;
      broker.fill(rule, signalBar, bar, paid);
      done[index] = 1;
    }
    keep(working, (_, index) => done[index] === 0);
  }

  function place(signalBar: number): boolean {
    const sign = Math.sign(broker.units);
    const before = working.length;
    for (let rule = 0; rule < rules.length; rule++) {
      const { side, limit: limits } = rules[rule];
      if (!firing.fires(rule, sign, signalBar)) continue;
      const limit = limits === undefined ? Number.NaN : limits[signalBar];
      if (limits !== undefined && Number.isNaN(limit)) continue;
      const wait = atClose && limits === undefined ? 0 : 1;
      working.push({ rule, side, signalBar, firstBar: signalBar + settings.delay + wait, limit });
    }
    return working.length > before;
  }
}

/** A replacement takes effect when its orders do, so that latency holds for it as well. */
function cancelReplaced(orders: Order[], bar: number): void {
  for (let k = orders.length - 1; k >= 0; k--) {
    if (orders[k].firstBar !== bar) continue;
    keep(orders, (order) => order.firstBar >= bar);
    return;
  }
}

/** `filter` in place: this runs on every bar. */
function keep(orders: Order[], kept: (order: Order, index: number) => boolean): void {
  let to = 0;
  for (let from = 0; from < orders.length; from++) {
    if (kept(orders[from], from)) orders[to++] = orders[from];
  }
  while (orders.length > to) orders.pop();
}
