import type { ExecutionModels } from "../../src/backtest/execution-models.ts";
import {
  ALWAYS,
  type ExitDistance,
  NEVER,
  type RunSettings,
  type Signals,
} from "../../src/backtest/orders.ts";
import type { Bars } from "../../src/vector/columns.ts";

/**
 * The slow twin of realistic execution: every bar is walked from price to price, lots are objects, windows are summed
 * anew. Shares no code with src/backtest. Quantities are real numbers; bars have no na.
 */
export interface TwinTrade {
  side: number;
  quantity: number;
  entryBar: number;
  entryPrice: number;
  exitBar: number;
  exitPrice: number;
  commission: number;
  reason: string;
}

interface TwinOrder {
  rule: number;
  sign: number;
  signalBar: number;
  firstBar: number;
  limit: number | null;
}

interface TwinLot {
  quantity: number;
  price: number;
  bar: number;
  fee: number;
}

const DAY = 86_400_000;
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.abs(b);

export function twinRun(
  bars: Bars,
  signals: Signals,
  settings: RunSettings,
  models: ExecutionModels,
  barsPerYear: number,
) {
  let cash = settings.cash;
  let side = 0;
  let lots: TwinLot[] = [];
  let orders: TwinOrder[] = [];
  let lastPlaced = Number.NEGATIVE_INFINITY;
  let best = 0;
  let decidedOn = 0;
  let takenBar = -1;
  let taken = 0;
  let suspended = false;
  const history: { time: number; value: number }[] = [];
  const trades: TwinTrade[] = [];
  const equity: number[] = [];
  const refused: { bar: number; reason: string }[] = [];
  const totals = { spread: 0, funding: 0, borrow: 0, impact: 0, partialFills: 0, marginCalls: 0 };
  const n = bars.time.length;

  for (let bar = settings.start; bar < n; bar++) {
    suspended = false;
    if (bar > settings.start) carry(bar);
    if (signals.replaceOrders && orders.some((o) => o.firstBar === bar))
      orders = orders.filter((o) => o.firstBar >= bar);
    const open = bars.open[bar];
    for (const order of due(bar)) {
      if (
        order.limit === null
          ? settings.fill === "next_open"
          : order.sign * open <= order.sign * order.limit
      )
        serve(order, bar, open);
    }
    const gapped = reachedFrom(open);
    if (gapped) leave(bar, open, gapped);
    let at = open;
    for (const to of corners(bar)) {
      const way = Math.sign(to - at);
      for (;;) {
        const event = nextEvent(bar, at, to, way);
        if (event === null) break;
        at = event.price;
        follow(at);
        if ("order" in event) serve(event.order, bar, event.fillPrice);
        else leave(bar, at, event.reason);
      }
      at = to;
      follow(at);
    }
    if (settings.fill === "close") serveAtClose(bar);
    if (bars.time[bar] - lastPlaced >= signals.cooldown && decide(bar)) {
      lastPlaced = bars.time[bar];
      if (settings.fill === "close" && settings.delay === 0) serveAtClose(bar);
    }
    if (models.closeAtEnd && bar === n - 1 && side !== 0 && priced(bar))
      execute(bar, bars.close[bar], -side, held(), false, "end", bar, true);
    equity.push(cash + side * held() * bars.close[bar]);
  }
  if (signals.replaceOrders && orders.some((o) => o.firstBar === n))
    orders = orders.filter((o) => o.firstBar >= n);
  for (const lot of lots)
    trades.push({
      side,
      quantity: lot.quantity,
      entryBar: lot.bar,
      entryPrice: lot.price,
      exitBar: -1,
      exitPrice: Number.NaN,
      commission: lot.fee,
      reason: "open",
    });
  return { trades, equity, cash, refused, pending: orders.length, totals };

  function held(): number {
    return lots.reduce((sum, lot) => sum + lot.quantity, 0);
  }

  function carry(bar: number): void {
    const value = side * held() * bars.close[bar - 1];
    let paid = 0;
    if (models.funding) {
      const period = models.funding.hours * 3_600_000;
      for (
        let t = Math.ceil(bars.time[bar - 1] / period) * period;
        t <= bars.time[bar];
        t += period
      )
        if (t > bars.time[bar - 1]) paid += value * models.funding.rate;
    }
    const lent = (value < 0 ? -value : 0) + (cash < 0 ? -cash : 0);
    const interest = lent * models.borrow * ((bars.time[bar] - bars.time[bar - 1]) / (365 * DAY));
    totals.funding += paid;
    totals.borrow += interest;
    cash -= paid + interest;
  }

  function due(bar: number): TwinOrder[] {
    return orders.filter((o) => o.firstBar <= bar && (o.limit !== null || priced(bar)));
  }

  function serveAtClose(bar: number): void {
    for (const order of due(bar)) if (order.limit === null) serve(order, bar, bars.close[bar]);
  }

  function serve(order: TwinOrder, bar: number, price: number): void {
    orders = orders.filter((other) => other !== order);
    const { sizing } = signals.rules[order.rule];
    const opposed = side === -order.sign ? held() : 0;
    const passive = order.limit !== null;
    const top = passive ? price : settled(price, order.sign, 0);
    const money = (percent: number) => (percent / 100) * (cash + side * held() * top);
    let quantity = 0;
    switch (sizing.kind) {
      case "close":
        if (opposed > 0)
          execute(bar, price, order.sign, opposed, passive, "order", order.signalBar, true);
        return;
      case "quantity":
        quantity = Number(sizing.quantity);
        break;
      case "cash":
        quantity = buying(sizing.cash, bar, price, order.sign, passive);
        break;
      case "percent_of_equity":
        quantity = buying(money(sizing.percent), bar, price, order.sign, passive);
        break;
      case "volatility_target": {
        const { percent, period, maxPercent } = sizing;
        const from = order.signalBar - period;
        if (from < 0) {
          refuse(bar, "volatility");
          return;
        }
        const r = Array.from(
          { length: period },
          (_, k) => bars.close[from + k + 1] / bars.close[from + k] - 1,
        );
        const mean = r.reduce((a, b) => a + b, 0) / period;
        const deviation = Math.sqrt(
          r.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (period - 1),
        );
        const share = Math.min(maxPercent, percent / (deviation * Math.sqrt(barsPerYear)));
        quantity = buying(money(share), bar, price, order.sign, passive);
        break;
      }
      case "kelly": {
        const last = trades.slice(-sizing.trades).map((t) => {
          const gross = t.side * t.quantity * (t.exitPrice - t.entryPrice);
          return (gross - t.commission) / (t.quantity * t.entryPrice);
        });
        let share = sizing.percent;
        if (last.length >= sizing.trades) {
          const gains = last.filter((x) => x > 0);
          const losses = last.filter((x) => x <= 0).map((x) => -x);
          const average = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
          const w = gains.length / last.length;
          const lost = losses.length > 0 && average(losses) > 0;
          const kelly = lost ? w - (1 - w) / (average(gains) / average(losses)) : w;
          if (!(kelly > 0)) {
            refuse(bar, "kelly");
            return;
          }
          share = 100 * sizing.fraction * kelly;
        }
        quantity = buying(money(share), bar, price, order.sign, passive);
      }
    }
    if (opposed > 0 && near(quantity, opposed)) quantity = opposed;
    if (!(quantity > 0)) {
      refuse(bar, "cash");
      return;
    }
    execute(
      bar,
      price,
      order.sign,
      quantity,
      passive,
      "order",
      order.signalBar,
      quantity === opposed,
    );
  }

  /** By halving: the quantity whose value and commission are the money, at the price it pays rounded to the grid. */
  function buying(
    money: number,
    bar: number,
    middle: number,
    sign: number,
    passive: boolean,
  ): number {
    const rate = rateAt(bar, passive);
    const free = (q: number) => {
      const felt = sign > 0 && !passive ? impactOf(bar, q) : 0;
      return passive ? middle : moved(middle, sign, felt);
    };
    const cost = (q: number, price: number) =>
      q * price * (1 + rate) + q * models.commissionPerUnit + models.commissionPerOrder;
    const most = (enough: (q: number) => boolean) => {
      let low = 0;
      let high = 1;
      while (enough(high)) high *= 2;
      for (let k = 0; k < 200; k++) {
        const half = (low + high) / 2;
        if (enough(half)) low = half;
        else high = half;
      }
      return low;
    };
    if (cost(0, 0) >= money) return 0;
    const unrounded = most((q) => cost(q, free(q)) <= money);
    const price = passive ? middle : Math.max(0, onGrid(free(unrounded), sign));
    return most((q) => cost(q, price) <= money);
  }

  function quoted(middle: number, sign: number): number {
    return middle * (1 + (sign * models.spread) / 2);
  }

  function moved(middle: number, sign: number, impact: number): number {
    const slipped = quoted(middle, sign) * (1 + sign * settings.slippage);
    return (slipped + sign * models.slippageTicks * (models.tick ?? 0)) * (1 + sign * impact);
  }

  /** Where a market order ends up. */
  function settled(middle: number, sign: number, impact: number): number {
    return Math.max(0, onGrid(moved(middle, sign, impact), sign));
  }

  /** The next price of the grid in a direction; one that is within a millionth of a tick is on it. */
  function onGrid(price: number, direction: number): number {
    if (models.tick === null) return price;
    const steps = price / models.tick;
    const whole = Math.round(steps);
    if (Math.abs(steps - whole) <= 1e-6) return whole * models.tick;
    return (direction > 0 ? Math.ceil(steps) : Math.floor(steps)) * models.tick;
  }

  function rateAt(bar: number, passive: boolean): number {
    if (models.commissionTiers) {
      const since = bars.time[bar] - 30 * DAY;
      const volume = history.filter((h) => h.time >= since).reduce((sum, h) => sum + h.value, 0);
      const tier = models.commissionTiers.filter((t) => t.volume <= volume).at(-1)!;
      return passive ? tier.maker : tier.taker;
    }
    return passive ? (models.makerCommission ?? settings.commission) : settings.commission;
  }

  function dayBefore(bar: number): number[] {
    const all = Array.from({ length: bar }, (_, i) => i);
    if (models.impact!.volume === "24h")
      return all.filter((i) => bars.time[i] >= bars.time[bar] - DAY);
    const day = (i: number) => Math.floor(bars.time[i] / DAY);
    const earlier = all.filter((i) => day(i) < day(bar));
    return earlier.filter((i) => day(i) === day(earlier.at(-1)!));
  }

  function impactOf(bar: number, quantity: number): number {
    if (!models.impact) return 0;
    const window = dayBefore(bar);
    const volume = window.reduce((sum, i) => sum + bars.volume[i], 0);
    if (volume === 0) return Number.NaN;
    let scale = models.impact.coefficient;
    if (models.impact.model === "square_root_volatility") {
      const squares: number[] = [];
      for (let i = 1; i < bar; i++)
        if (bars.time[i] >= bars.time[bar] - 20 * DAY)
          squares.push(Math.log(bars.close[i] / bars.close[i - 1]) ** 2);
      const mean = squares.reduce((a, b) => a + b, 0) / squares.length;
      scale *= Math.sqrt(mean * window.length);
    }
    return scale * Math.sqrt(quantity / volume);
  }

  function priced(bar: number): boolean {
    return !Number.isNaN(impactOf(bar, 1));
  }

  function refuse(bar: number, reason: string): void {
    refused.push({ bar, reason });
  }

  function floorLot(quantity: number): number {
    if (models.lot === null) return quantity;
    const step = Number(models.lot);
    return Math.floor((quantity / step) * (1 + 1e-9)) * step;
  }

  /** @returns whether all of it filled */
  function execute(
    bar: number,
    middle: number,
    sign: number,
    asked: number,
    passive: boolean,
    reason: string,
    signalBar: number,
    exact: boolean,
  ): boolean {
    const opposed = side === -sign ? held() : 0;
    let quantity = exact ? asked : floorLot(asked);
    if (quantity === 0) {
      refuse(bar, "lot");
      return false;
    }
    const wanted = quantity;
    if (models.liquidity) {
      const room = bars.volume[bar] * models.liquidity.share - (takenBar === bar ? taken : 0);
      if (quantity > room * (1 + 1e-9)) {
        const some = room > 1e-9 * bars.volume[bar] * models.liquidity.share;
        quantity = models.liquidity.excess === "partial" && some ? floorLot(room) : 0;
        if (quantity === 0) {
          refuse(bar, "liquidity");
          return false;
        }
      }
    }
    const all = near(quantity, opposed) || quantity > opposed;
    const closing = all ? opposed : quantity;
    const opening = near(quantity, opposed) ? 0 : Math.max(0, quantity - opposed);
    const price = passive ? middle : settled(middle, sign, impactOf(bar, quantity));
    const rate = rateAt(bar, passive);
    const fee =
      quantity * price * rate + quantity * models.commissionPerUnit + models.commissionPerOrder;
    if (opening > 0) {
      const known = [
        signals.exits?.stopLoss,
        signals.exits?.takeProfit,
        signals.exits?.trailingStop,
      ]
        .filter((one) => one?.kind === "atr")
        .every((one) => (one as { atr: Float64Array }).atr[signalBar] > 0);
      if (!known) {
        refuse(bar, "exit");
        return false;
      }
      const openFee = (fee * opening) / quantity;
      const money = cash - sign * closing * price - (fee - openFee);
      const rest = closing > 0 ? 0 : side * held();
      const leverage = models.leverage ?? 1;
      // What the position may be worth, and what it would be.
      const limit = leverage * (money + rest * price - openFee);
      const wish = Math.abs(rest + sign * opening) * price;
      const scale = 1e-9 * (opening * price + leverage * openFee);
      if (wish - limit > scale) {
        refuse(bar, "cash");
        return false;
      }
    }
    const before = side;
    let left = closing;
    while (lots.length > 0 && left > 1e-9 * closing) {
      const lot = lots[0];
      const part = lot.quantity <= left * (1 + 1e-9) ? lot.quantity : left;
      const entryFee = (lot.fee * part) / lot.quantity;
      trades.push({
        side,
        quantity: part,
        entryBar: lot.bar,
        entryPrice: lot.price,
        exitBar: bar,
        exitPrice: price,
        commission: entryFee + (fee * part) / quantity,
        reason,
      });
      lot.quantity -= part;
      lot.fee -= entryFee;
      left -= part;
      if (lot.quantity <= 1e-9 * part) lots.shift();
    }
    if (all && opposed > 0) lots = [];
    if (opening > 0) {
      lots.push({ quantity: opening, price, bar, fee: (fee * opening) / quantity });
      decidedOn = signalBar;
    }
    side = lots.length === 0 ? 0 : opening > 0 ? sign : side;
    if (side !== before) best = price;
    cash -= sign * quantity * price + fee;
    history.push({ time: bars.time[bar], value: quantity * price });
    taken = (takenBar === bar ? taken : 0) + quantity;
    takenBar = bar;
    if (!passive) totals.spread += quantity * middle * (models.spread / 2);
    if (quantity < wanted) totals.partialFills++;
    if (reason === "margin_call") totals.marginCalls++;
    return quantity === wanted;
  }

  function follow(price: number): void {
    if (side > 0) best = Math.max(best, price);
    if (side < 0) best = Math.min(best, price);
  }

  function away(distance: ExitDistance, reference: number): number {
    if (distance.kind === "percent") return (reference * distance.percent) / 100;
    if (distance.kind === "ticks") return distance.ticks * models.tick!;
    return distance.multiple * distance.atr[decidedOn];
  }

  /** What closes the position: prices on the worse side, and the one on the better side. */
  function standing(): { stop: [number, string] | null; target: number | null } {
    const { stopLoss, takeProfit, trailingStop } = signals.exits ?? {};
    const entry = lots.reduce((sum, lot) => sum + lot.quantity * lot.price, 0) / held();
    const worse: [number, string][] = [];
    if (stopLoss) worse.push([onGrid(entry - side * away(stopLoss, entry), -side), "stop_loss"]);
    const m =
      models.maintenanceMargin ?? (models.leverage === null ? null : 1 / (2 * models.leverage));
    if (m !== null) {
      // cash + side·q·P = m·q·P
      const call = cash / (held() * (m - side));
      if (call > 0) worse.push([call, "margin_call"]);
    }
    if (trailingStop)
      worse.push([onGrid(best - side * away(trailingStop, best), -side), "trailing_stop"]);
    worse.sort((a, b) => side * (b[0] - a[0]));
    const target = takeProfit ? onGrid(entry + side * away(takeProfit, entry), side) : null;
    return { stop: worse[0] ?? null, target };
  }

  function reachedFrom(price: number): string | null {
    if (side === 0) return null;
    follow(price);
    const { stop, target } = standing();
    if (stop && side * price <= side * stop[0]) return stop[1];
    return target !== null && side * price >= side * target ? "take_profit" : null;
  }

  function leave(bar: number, price: number, reason: string): void {
    if (suspended) return;
    const passive = reason === "take_profit";
    const whole =
      (passive || priced(bar)) && execute(bar, price, -side, held(), passive, reason, bar, true);
    if (!whole) suspended = true;
  }

  function corners(bar: number): number[] {
    const [o, h, l, c] = [bars.open[bar], bars.high[bar], bars.low[bar], bars.close[bar]];
    let up = h - o < o - l;
    if (side !== 0 && models.bothHit === "stop_first") up = side < 0;
    if (side !== 0 && models.bothHit === "target_first") up = side > 0;
    return up ? [h, l, c] : [l, h, c];
  }

  function nextEvent(bar: number, at: number, to: number, way: number) {
    if (way === 0) return null;
    const between = (price: number) => way * price <= way * to;
    const limits = orders
      .filter((o) => o.limit !== null && o.firstBar <= bar && o.sign === -way && between(o.limit))
      .sort((a, b) => way * (a.limit! - b.limit!));
    const order = limits[0] ?? null;
    let exit: { price: number; reason: string } | null = null;
    if (side !== 0 && !suspended) {
      const { stop, target } = standing();
      if (way === side && target !== null && between(target))
        exit = { price: way * target < way * at ? at : target, reason: "take_profit" };
      if (way === -side && stop !== null && between(stop[0]))
        exit = { price: way * stop[0] < way * at ? at : stop[0], reason: stop[1] };
    }
    if (order !== null && (exit === null || way * order.limit! <= way * exit.price))
      return {
        price: way * order.limit! > way * at ? order.limit! : at,
        fillPrice: order.limit!,
        order,
      };
    return exit;
  }

  function decide(bar: number): boolean {
    const state = side === 0 ? "flat" : side > 0 ? "long" : "short";
    let placed = false;
    signals.rules.forEach((rule, index) => {
      const which = rule.when[state];
      if (which === NEVER) return;
      const mask = signals.conditions[which];
      if (which !== ALWAYS && ((mask[Math.floor(bar / 32)] >>> (bar % 32)) & 1) === 0) return;
      const sign = rule.side === "buy" ? 1 : -1;
      const asked = rule.limit === undefined ? null : rule.limit[bar];
      if (asked !== null && Number.isNaN(asked)) return;
      const wait = settings.fill === "close" && asked === null ? 0 : 1;
      const limit = asked === null ? null : onGrid(asked, -sign);
      orders.push({
        rule: index,
        sign,
        signalBar: bar,
        firstBar: bar + settings.delay + wait,
        limit,
      });
      placed = true;
    });
    return placed;
  }
}
