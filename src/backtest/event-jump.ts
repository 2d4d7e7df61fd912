import { nextSet } from "./firing.ts";
import { firstAtOrAfter } from "./first-at-or-after.ts";
import { marketPrice, type Session } from "./session.ts";
import type { Order } from "./simulation.ts";

/** Filled orders that may stay in the queue: emptying an array costs more than filling one. */
const KEPT_ORDERS = 1000;

/**
 * Runs market orders by jumping from event to event: the next bar on which a rule fires in the present
 * position, or on which an order is due. The work is proportional to orders, not bars.
 * @returns the orders that found no bar to fill on.
 */
export function runEvents(session: Session): Order[] {
  const { bars, signals, settings, firing, broker, curve } = session;
  const { rules } = signals;
  const length = bars.time.length;
  const prices = settings.fill === "close" ? bars.close : bars.open;
  const latency = settings.delay + (settings.fill === "close" ? 0 : 1);
  const queue: Order[] = [];
  let head = 0;
  let bar = settings.start;
  let resume = Number.NEGATIVE_INFINITY;

  while (true) {
    const due = head < queue.length ? queue[head].firstBar : length;
    const event = nextSet(firing.any(Math.sign(broker.units)), bar, length);
    if (due <= event && due < length) {
      curve.markUntil(due, broker);
      for (; head < queue.length && queue[head].firstBar === due; head++) {
        const { rule, side, signalBar } = queue[head];
        broker.fill(rule, signalBar, due, marketPrice(side, prices[due], settings.slippage));
      }
      if (head === queue.length && head > KEPT_ORDERS) head = queue.length = 0;
      bar = Math.max(bar, due);
    } else if (event < length) {
      if (bars.time[event] < resume) {
        bar = firstAtOrAfter(bars.time, resume, event);
        continue;
      }
      place(event);
      resume = bars.time[event] + signals.cooldown;
      bar = event + 1;
    } else {
      return queue.slice(head);
    }
  }

  function place(signalBar: number): void {
    const sign = Math.sign(broker.units);
    let firstBar = signalBar + latency;
    // A bar whose price is na has no trade: the order waits for the next one that has.
    while (firstBar < length && Number.isNaN(prices[firstBar])) firstBar++;
    for (let rule = 0; rule < rules.length; rule++) {
      if (!firing.fires(rule, sign, signalBar)) continue;
      queue.push({ rule, side: rules[rule].side, signalBar, firstBar, limit: Number.NaN });
    }
  }
}
