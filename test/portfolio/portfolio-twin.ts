import { ALWAYS, NEVER, type Signals } from "../../src/backtest/orders.ts";
import type { Member, PortfolioSettings } from "../../src/backtest/portfolio/portfolio.ts";

/**
 * The slow twin of a portfolio: all bars of all symbols as moments in one sorted list, everything looked up anew at each.
 * Shares no code with src/backtest. Market orders, four sizes, costs by value and by order, spread, funding, borrowing,
 * stops and targets in percent, leverage and margin calls. Quantities are real numbers; bars have no na.
 */
export interface TwinTrade {
  readonly side: number;
  readonly quantity: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  readonly exitBar: number;
  readonly exitPrice: number;
  readonly commission: number;
}

interface Lot {
  quantity: number;
  readonly price: number;
  readonly bar: number;
  fee: number;
}

interface Waiting {
  readonly rule: number;
  readonly sign: number;
  readonly signalBar: number;
  readonly firstBar: number;
}

interface Book {
  side: number;
  lots: Lot[];
  waiting: Waiting[];
  due: Waiting[];
  lookedForGap: boolean;
  lastPlaced: number;
  readonly trades: TwinTrade[];
  readonly refused: { bar: number; reason: string }[];
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.abs(b);

export function twinPortfolio(members: readonly Member[], settings: PortfolioSettings) {
  const models = settings.execution;
  const perOrder = models?.commissionPerOrder ?? 0;
  const half = (models?.spread ?? 0) / 2;
  const books = new Map<Member, Book>(
    members.map((member) => [
      member,
      {
        side: 0,
        lots: [],
        waiting: [],
        due: [],
        lookedForGap: false,
        lastPlaced: Number.NEGATIVE_INFINITY,
        trades: [],
        refused: [],
      },
    ]),
  );
  const acting = members.flatMap(({ bars, start }) => [...bars.time].slice(start));
  const rows = [...new Set(acting)].sort((a, b) => a - b);
  const equity = new Map<number, number>();
  let cash = settings.cash;
  /** What all fills took from cash. */
  let fills = 0;
  let funding = 0;
  let borrow = 0;

  for (const { time, opens } of moments()) {
    for (const row of rows) if (opens ? known(row) <= time : known(row) < time) mark(row);
    const now = members.flatMap((member) => {
      const bar = [...member.bars.time.keys()].find(
        (i) => (opens ? member.bars.time[i] : closeOf(member, i)) === time,
      );
      return bar === undefined || bar < member.start ? [] : [{ member, bar }];
    });
    if (opens) {
      if (rows.includes(time)) carry(time);
      for (const { member, bar } of now) {
        const book = books.get(member)!;
        book.lookedForGap = false;
        book.due =
          settings.fill === "next_open" ? book.waiting.filter((o) => o.firstBar <= bar) : [];
      }
      for (const exits of [true, false])
        for (const { member, bar } of now) {
          const book = books.get(member)!;
          const open = member.bars.open[bar];
          if (!serve(member, bar, open, exits, time) || book.lookedForGap) continue;
          book.lookedForGap = true;
          gap(member, bar, open, time);
        }
    } else {
      for (const { member, bar } of now) walk(member, bar, time);
      for (const fresh of [false, true]) {
        for (const { member, bar } of now) {
          if (fresh) decide(member, bar);
          const book = books.get(member)!;
          book.due = settings.fill === "close" ? book.waiting.filter((o) => o.firstBar <= bar) : [];
        }
        for (const exits of [true, false])
          for (const { member, bar } of now)
            serve(member, bar, member.bars.close[bar], exits, time);
      }
      if (models?.closeAtEnd)
        for (const { member, bar } of now) {
          const book = books.get(member)!;
          if (bar === member.bars.time.length - 1 && book.side !== 0)
            execute(member, bar, paid(member.bars.close[bar], -book.side), -book.side, held(book));
        }
    }
  }
  for (const row of rows) mark(row);
  return { equity: [...equity.values()], cash, funding, borrow, books: [...books.values()] };

  /** Closes of a moment come before opens. */
  function moments(): { time: number; opens: boolean }[] {
    const opens = new Set(members.flatMap(({ bars }) => [...bars.time]));
    const closes = new Set(
      members.flatMap((member) => [...member.bars.time.keys()].map((i) => closeOf(member, i))),
    );
    return [
      ...[...closes].map((time) => ({ time, opens: false })),
      ...[...opens].map((time) => ({ time, opens: true })),
    ].sort((a, b) => a.time - b.time || Number(a.opens) - Number(b.opens));
  }

  function closeOf({ bars }: Member, bar: number): number {
    const next = bar + 1 < bars.time.length ? bars.time[bar + 1] : Infinity;
    return Math.min(settings.closeOf(bars.time[bar]), next);
  }

  function known(row: number): number {
    return Math.min(settings.closeOf(row), rows.find((other) => other > row) ?? Infinity);
  }

  function mark(row: number): void {
    if (equity.has(row)) return;
    const values = members.map((member) => worth(member, known(row), true));
    equity.set(
      row,
      values.reduce((a, b) => a + b, cash),
    );
  }

  function held(book: Book): number {
    return book.lots.reduce((sum, lot) => sum + lot.quantity, 0);
  }

  /** Signed, by the closes that are known at a moment. */
  function worth(member: Member, time: number, inclusive: boolean): number {
    const book = books.get(member)!;
    if (book.side === 0) return 0;
    const closed = [...member.bars.time.keys()].filter((i) => {
      const at = closeOf(member, i);
      return inclusive ? at <= time : at < time;
    });
    const last = closed.at(-1);
    const price = last === undefined ? book.lots.at(-1)!.price : member.bars.close[last];
    return book.side * held(book) * price;
  }

  function carry(time: number): void {
    const before = rows.filter((row) => row < time).at(-1);
    if (before === undefined || !models) return;
    const values = members.map((member) => worth(member, time, true));
    if (models.funding) {
      const period = models.funding.hours * 3_600_000;
      const due = Math.floor(time / period) - Math.floor(before / period);
      for (const value of values) funding += due * value * models.funding.rate;
    }
    const owed = values.reduce(
      (sum, value) => sum + (value < 0 ? -value : 0),
      cash < 0 ? -cash : 0,
    );
    const interest = owed * models.borrow * ((time - before) / (365 * 86_400_000));
    borrow += interest;
    cash = settings.cash - fills - funding - borrow;
  }

  function paid(middle: number, sign: number): number {
    return middle * (1 + sign * half) * (1 + sign * settings.slippage);
  }

  /** @returns whether no order is left for this price */
  function serve(
    member: Member,
    bar: number,
    middle: number,
    exits: boolean,
    time: number,
  ): boolean {
    const book = books.get(member)!;
    for (;;) {
      const order = book.due[0];
      if (order === undefined) return true;
      if (exits && order.sign * book.side >= 0) return false;
      book.due = book.due.slice(1);
      book.waiting = book.waiting.filter((other) => other !== order);
      fill(member, bar, middle, order, time);
    }
  }

  function fill(
    member: Member,
    bar: number,
    middle: number,
    { rule, sign }: Waiting,
    time: number,
  ): void {
    const book = books.get(member)!;
    const { sizing } = member.signals.rules[rule];
    const price = paid(middle, sign);
    const opposed = book.side === -sign ? held(book) : 0;
    const others = members.filter((other) => other !== member).map((m) => worth(m, time, true));
    const rate = settings.commission;
    const buying = (money: number) => (money - perOrder) / (price * (1 + rate));
    let quantity: number;
    if (sizing.kind === "close") {
      if (opposed > 0) execute(member, bar, price, sign, opposed);
      return;
    }
    if (sizing.kind === "quantity") quantity = Number(sizing.quantity);
    else if (sizing.kind === "cash") quantity = buying(sizing.cash);
    else if (sizing.kind === "percent_of_equity") {
      const own = book.side * held(book) * price;
      quantity = buying((sizing.percent / 100) * others.reduce((a, b) => a + b, cash + own));
    } else throw new Error(sizing.kind);
    if (opposed > 0 && near(quantity, opposed)) quantity = opposed;
    if (!(quantity > 0)) {
      book.refused.push({ bar, reason: "cash" });
      return;
    }
    const closing = Math.min(quantity, opposed);
    const opening = quantity - closing;
    const leverage = models?.leverage ?? 1;
    if (opening > 0 && leverage !== 1) {
      const after = cash - sign * quantity * price - quantity * price * rate - perOrder;
      const own = opposed > 0 ? sign * opening : book.side * held(book) + sign * opening;
      const worths = [own * price, ...others];
      const equityAfter = worths.reduce((a, b) => a + b, after);
      const gross = worths.reduce((sum, value) => sum + Math.abs(value), 0);
      // Equity after the fill carries what is held; a tolerance of the order's own value, as of orders paid in cash.
      if (gross - leverage * equityAfter > 1e-9 * (opening * price)) {
        book.refused.push({ bar, reason: "cash" });
        return;
      }
    } else if (opening > 0) {
      const share = opening / quantity;
      const needed = opening * price * (1 + rate) + perOrder * share;
      const own = opposed === 0 && book.side < 0 && sign < 0 ? held(book) * price : 0;
      const shorts = others.reduce((sum, value) => sum + Math.max(0, -value), own);
      const freed = -sign * closing * price - closing * price * rate - perOrder * (1 - share);
      if (needed - (cash + freed - 2 * shorts) > 1e-9 * needed) {
        book.refused.push({ bar, reason: "cash" });
        return;
      }
    }
    execute(member, bar, price, sign, quantity);
  }

  function execute(
    member: Member,
    bar: number,
    price: number,
    sign: number,
    quantity: number,
  ): void {
    const book = books.get(member)!;
    const fee = quantity * price * settings.commission + perOrder;
    const opposed = book.side === -sign ? held(book) : 0;
    let left = Math.min(quantity, opposed);
    while (left > 1e-9 * quantity && book.lots.length > 0) {
      const lot = book.lots[0];
      const part = lot.quantity <= left * (1 + 1e-9) ? lot.quantity : left;
      const entryFee = (lot.fee * part) / lot.quantity;
      book.trades.push({
        side: book.side,
        quantity: part,
        entryBar: lot.bar,
        entryPrice: lot.price,
        exitBar: bar,
        exitPrice: price,
        commission: entryFee + (fee * part) / quantity,
      });
      lot.quantity -= part;
      lot.fee -= entryFee;
      left -= part;
      if (lot.quantity <= 1e-9 * part) book.lots.shift();
    }
    const opening = near(quantity, opposed) ? 0 : quantity - opposed;
    if (opening > 0) {
      book.side = sign;
      book.lots.push({ quantity: opening, price, bar, fee: (fee * opening) / quantity });
    } else if (book.lots.length === 0) book.side = 0;
    fills += sign * quantity * price + fee;
    cash = settings.cash - fills - funding - borrow;
  }

  function levels(member: Member, time: number, inclusive: boolean) {
    const book = books.get(member)!;
    const entry = book.lots.reduce((sum, l) => sum + l.quantity * l.price, 0) / held(book);
    const { stopLoss, takeProfit } = member.signals.exits ?? {};
    const away = (one: typeof stopLoss) =>
      one?.kind === "percent" ? (book.side * one.percent * entry) / 100 : Number.NaN;
    const stops = [entry - away(stopLoss), called(member, time, inclusive)].filter(
      (level) => !Number.isNaN(level),
    );
    const stop =
      stops.length === 0 ? Number.NaN : book.side * Math.max(...stops.map((s) => book.side * s));
    return { stop, target: entry + away(takeProfit) };
  }

  /** Equity less what must be kept for all positions is linear in the symbol's price: its root, where it is a fall to it. */
  function called(member: Member, time: number, inclusive: boolean): number {
    const { leverage = null, maintenanceMargin = null } = models ?? {};
    const kept = maintenanceMargin ?? (leverage === null ? null : 0.5 / leverage);
    if (kept === null) return Number.NaN;
    const book = books.get(member)!;
    const others = members
      .filter((other) => other !== member)
      .map((other) => worth(other, time, inclusive));
    const spare = (price: number) =>
      [book.side * held(book) * price, ...others].reduce(
        (sum, value) => sum + value - kept * Math.abs(value),
        cash,
      );
    const [at0, at1] = [spare(0), spare(100)];
    if (book.side < 0 && at0 <= 0) return 0;
    const root = (100 * at0) / (at0 - at1);
    return root > 0 ? root : Number.NaN;
  }

  function gap(member: Member, bar: number, open: number, time: number): void {
    const book = books.get(member)!;
    const { side } = book;
    if (side === 0) return;
    const { stop, target } = levels(member, time, true);
    if (side * open <= side * stop) execute(member, bar, paid(open, -side), -side, held(book));
    else if (side * open >= side * target) execute(member, bar, open, -side, held(book));
  }

  function walk(member: Member, bar: number, time: number): void {
    const book = books.get(member)!;
    const { open, high, low, close } = member.bars;
    const up = high[bar] - open[bar] < open[bar] - low[bar];
    const path = [open[bar], ...(up ? [high[bar], low[bar]] : [low[bar], high[bar]]), close[bar]];
    for (let leg = 1; leg < path.length; leg++) {
      const { side } = book;
      if (side === 0) return;
      const { stop, target } = levels(member, time, false);
      const way = Math.sign(path[leg] - path[leg - 1]);
      // A level that the others moved past where the path is already fills there.
      const reached = side * stop > side * path[leg - 1] ? path[leg - 1] : stop;
      if (way === -side && side * path[leg] <= side * stop)
        execute(member, bar, paid(reached, -side), -side, held(book));
      else if (way === side && side * path[leg] >= side * target)
        execute(member, bar, target, -side, held(book));
    }
  }

  function decide({ signals, bars, ...member }: Member, bar: number): void {
    const book = [...books].find(([{ bars: other }]) => other === bars)![1];
    if (bar < member.start || bars.time[bar] - book.lastPlaced < signals.cooldown) return;
    const state = book.side > 0 ? "long" : book.side < 0 ? "short" : "flat";
    const firing = signals.rules.flatMap((rule, k) =>
      holds(signals, rule.when[state], bar)
        ? [{ rule: k, sign: rule.side === "buy" ? 1 : -1 }]
        : [],
    );
    const wait = settings.delay + (settings.fill === "close" ? 0 : 1);
    book.waiting.push(...firing.map((o) => ({ ...o, signalBar: bar, firstBar: bar + wait })));
    if (firing.length > 0) book.lastPlaced = bars.time[bar];
  }
}

function holds(signals: Signals, condition: number, bar: number): boolean {
  if (condition === ALWAYS) return true;
  if (condition === NEVER) return false;
  return ((signals.conditions[condition][bar >>> 5] >>> (bar & 31)) & 1) === 1;
}
