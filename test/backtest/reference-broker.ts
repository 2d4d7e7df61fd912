import {
  ALWAYS,
  NEVER,
  type OrderRule,
  type RunSettings,
  type Signals,
} from "../../src/backtest/orders.ts";
import type { Bars } from "../../src/vector/columns.ts";

/**
 * The slow twin of the simulator: one obvious loop over bars, lots as objects, fixed quantities as BigInt.
 * Shares no code with src/backtest. Bars without na.
 */
export interface ReferenceTrade {
  side: number;
  quantity: number;
  entrySignalBar: number;
  entryBar: number;
  entryPrice: number;
  exitSignalBar: number;
  exitBar: number;
  exitPrice: number;
  barsHeld: number;
  pnlGross: number;
  commission: number;
  pnl: number;
  open: number;
}

interface ReferenceOrder {
  rule: number;
  signalBar: number;
  firstBar: number;
  limit: number;
}

interface ReferenceLot {
  size: Size;
  signalBar: number;
  bar: number;
  price: number;
}

/** A fixed decimal in units of 10^-12, or a real number of units of the asset. */
type Size = bigint | number;

const DECIMALS = 12;
const toNumber = (size: Size): number => (typeof size === "bigint" ? decimalNumber(size) : size);

export function referenceRun(bars: Bars, signals: Signals, settings: RunSettings) {
  const { cash: startCash, commission: rate, slippage, fill, delay, start } = settings;
  const exact = signals.rules.every((r) => ["quantity", "close"].includes(r.sizing.kind));
  let cash = startCash;
  let lots: ReferenceLot[] = [];
  let side = 0;
  const trades: ReferenceTrade[] = [];
  const equity: number[] = [];
  const rejected: { rule: number; bar: number }[] = [];
  let orders: ReferenceOrder[] = [];
  let lastOrderTime = Number.NEGATIVE_INFINITY;
  let barsInPosition = 0;
  let fills = 0;

  for (let bar = start; bar < bars.time.length; bar++) {
    if (signals.replaceOrders && orders.some((o) => o.firstBar === bar)) {
      orders = orders.filter((o) => o.firstBar >= bar);
    }
    work(bar);
    const mayOrder = bars.time[bar] - lastOrderTime >= signals.cooldown;
    const fresh = mayOrder ? evaluate(bar) : [];
    if (fresh.length > 0) {
      lastOrderTime = bars.time[bar];
      orders.push(...fresh);
      if (fill === "close" && delay === 0) work(bar);
    }
    if (side !== 0) barsInPosition++;
    equity.push(side === 0 ? cash : cash + side * position() * bars.close[bar]);
  }

  const last = bars.time.length - 1;
  for (const lot of lots) {
    const quantity = toNumber(lot.size);
    const gross = side * quantity * (bars.close[last] - lot.price);
    const commission = quantity * lot.price * rate;
    trades.push({
      side,
      quantity,
      entrySignalBar: lot.signalBar,
      entryBar: lot.bar,
      entryPrice: lot.price,
      exitSignalBar: -1,
      exitBar: -1,
      exitPrice: Number.NaN,
      barsHeld: last - lot.bar,
      pnlGross: gross,
      commission,
      pnl: gross - commission,
      open: 1,
    });
  }
  if (signals.replaceOrders && orders.some((o) => o.firstBar === bars.time.length)) {
    orders = orders.filter((o) => o.firstBar >= bars.time.length);
  }
  return { trades, equity, cash, rejected, barsInPosition, fills, pending: orders };

  function position(): number {
    if (exact) return decimalNumber(lots.reduce((sum, lot) => sum + (lot.size as bigint), 0n));
    return lots.reduce((sum, lot) => sum + toNumber(lot.size), 0);
  }

  function evaluate(bar: number): ReferenceOrder[] {
    const state = side === 0 ? "flat" : side > 0 ? "long" : "short";
    const fresh: ReferenceOrder[] = [];
    signals.rules.forEach((rule, index) => {
      const which = rule.when[state];
      if (which === NEVER) return;
      const mask = signals.conditions[which];
      if (which !== ALWAYS && ((mask[Math.floor(bar / 32)] >>> (bar % 32)) & 1) === 0) return;
      const limit = rule.limit === undefined ? Number.NaN : rule.limit[bar];
      if (rule.limit !== undefined && Number.isNaN(limit)) return;
      const wait = fill === "close" && rule.limit === undefined ? delay : delay + 1;
      fresh.push({ rule: index, signalBar: bar, firstBar: bar + wait, limit });
    });
    return fresh;
  }

  /** Walks the bar: at the open, up or down to the first extreme, to the second, at the close. */
  function work(bar: number): void {
    const [o, h, l, c] = [bars.open[bar], bars.high[bar], bars.low[bar], bars.close[bar]];
    const legs = h - o < o - l ? ["up", "down"] : ["down", "up"];
    const due = (order: ReferenceOrder) => order.firstBar <= bar && orders.includes(order);
    const isBuy = (order: ReferenceOrder) => signals.rules[order.rule].side === "buy";
    const take = (order: ReferenceOrder, price: number) => {
      orders = orders.filter((other) => other !== order);
      execute(order, bar, price);
    };

    for (const order of orders.filter(due)) {
      if (Number.isNaN(order.limit)) {
        if (fill === "next_open") take(order, slipped(order, o));
      } else if (isBuy(order) ? o <= order.limit : o >= order.limit) take(order, o);
    }
    for (const leg of legs) {
      const up = leg === "up";
      const reached = orders
        .filter(due)
        .filter((order) => !Number.isNaN(order.limit) && isBuy(order) !== up)
        .filter((order) => (up ? h >= order.limit : l <= order.limit))
        .sort((x, y) => (up ? x.limit - y.limit : y.limit - x.limit));
      for (const order of reached) take(order, order.limit);
    }
    if (fill !== "close") return;
    for (const order of orders.filter(due)) {
      if (Number.isNaN(order.limit)) take(order, slipped(order, c));
    }
  }

  function slipped(order: ReferenceOrder, price: number): number {
    return signals.rules[order.rule].side === "buy"
      ? price * (1 + slippage)
      : price * (1 - slippage);
  }

  function execute(order: ReferenceOrder, bar: number, price: number): void {
    const rule = signals.rules[order.rule];
    const sign = rule.side === "buy" ? 1 : -1;
    const opposed = side === -sign;
    const held: Size = lots.reduce<Size>((sum, lot) => plus(sum, lot.size), exact ? 0n : 0);
    const size = sizeOf(rule, price, opposed ? held : exact ? 0n : 0);
    if (toNumber(size) <= 0) {
      if (rule.sizing.kind !== "close") rejected.push({ rule: order.rule, bar });
      return;
    }
    const all = opposed && size >= held;
    const closing: Size = !opposed ? (exact ? 0n : 0) : all ? held : size;
    const opening = minus(size, closing);

    if (toNumber(opening) > 0) {
      const closedValue = toNumber(closing) * price;
      const cashAfter = cash - sign * closedValue - closedValue * rate;
      const short = side < 0 && sign < 0 ? toNumber(held) : 0;
      const free = cashAfter - 2 * short * price;
      const value = toNumber(opening) * price;
      const needed = value + value * rate;
      if (needed > free && needed - free > 1e-9 * needed) {
        rejected.push({ rule: order.rule, bar });
        return;
      }
    }

    let left: Size = closing;
    let closed: Size = exact ? 0n : 0;
    while (toNumber(left) > (exact ? 0 : 1e-9 * toNumber(closing)) && lots.length > 0) {
      const lot = lots[0];
      const whole = all || lot.size <= left || (!exact && near(left as number, lot.size as number));
      const part = whole ? lot.size : left;
      const quantity = toNumber(part);
      const gross = side * quantity * (price - lot.price);
      const commission = quantity * lot.price * rate + quantity * price * rate;
      trades.push({
        side,
        quantity,
        entrySignalBar: lot.signalBar,
        entryBar: lot.bar,
        entryPrice: lot.price,
        exitSignalBar: order.signalBar,
        exitBar: bar,
        exitPrice: price,
        barsHeld: bar - lot.bar,
        pnlGross: gross,
        commission,
        pnl: gross - commission,
        open: 0,
      });
      if (whole) lots.shift();
      else lot.size = minus(lot.size, part);
      closed = plus(closed, part);
      left = all ? (lots.length > 0 ? lots[0].size : exact ? 0n : 0) : minus(closing, closed);
    }
    if (all) lots = [];
    if (toNumber(opening) > 0) {
      lots.push({ size: opening, signalBar: order.signalBar, bar, price });
    }
    side = lots.length === 0 ? 0 : toNumber(opening) > 0 ? sign : side;

    const value = toNumber(all || toNumber(closing) === 0 ? size : closed) * price;
    cash = cash - sign * value - value * rate;
    fills++;
  }

  function sizeOf(rule: OrderRule, price: number, opposed: Size): Size {
    switch (rule.sizing.kind) {
      case "close":
        return opposed;
      case "quantity": {
        if (exact) return parseDecimal(rule.sizing.quantity);
        return snap(Number(rule.sizing.quantity), opposed as number);
      }
      case "cash":
        return snap(rule.sizing.cash / (price * (1 + rate)), opposed as number);
      case "percent_of_equity": {
        const equity = cash + side * position() * price;
        const money = (rule.sizing.percent / 100) * equity;
        return snap(money / (price * (1 + rate)), opposed as number);
      }
      default:
        throw new Error(`no plain size: ${rule.sizing.kind}`);
    }
  }
}

function snap(size: number, opposed: number): number {
  return opposed > 0 && near(size, opposed) ? opposed : size;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * b;
}

function plus(a: Size, b: Size): Size {
  return typeof a === "bigint" ? a + (b as bigint) : a + (b as number);
}

function minus(a: Size, b: Size): Size {
  return typeof a === "bigint" ? a - (b as bigint) : a - (b as number);
}

function parseDecimal(text: string): bigint {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(DECIMALS, "0"));
}

/** The float64 nearest to size · 10^-12, by way of its decimal text. */
function decimalNumber(size: bigint): number {
  const digits = size.toString().padStart(DECIMALS + 1, "0");
  return Number(`${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
}
