import { uniform } from "../../fixtures/random.ts";
import { noise } from "../stats/noise.ts";

/** A run that was booked by hand, so that the libraries and we judge the same account. */
export interface PlainRun {
  readonly time: number[];
  readonly cash: number;
  readonly fee: number;
  readonly rf: number;
  readonly close: number[];
  readonly equity: number[];
  /** Signed quantity filled at the close of each bar. */
  readonly orders: number[];
  readonly trades: {
    readonly side: number[];
    readonly quantity: number[];
    readonly entryBar: number[];
    readonly exitBar: number[];
    readonly entryPrice: number[];
    readonly exitPrice: number[];
    readonly pnl: number[];
  };
}

const DAY = 86_400_000;

/** Daily bars on which one position at a time, long or short, is opened and closed at random and paid for. */
export function plainRun(seed: number, bars: number): PlainRun {
  const random = uniform(seed);
  const [cash, fee] = [10_000, 0.001];
  let price = 100;
  const close = [...noise(seed, bars, 0.0004, 0.02)].map((r) => (price *= 1 + r));
  const trades: PlainRun["trades"] = {
    side: [],
    quantity: [],
    entryBar: [],
    exitBar: [],
    entryPrice: [],
    exitPrice: [],
    pnl: [],
  };
  const orders = new Array<number>(bars).fill(0);
  let [money, held, entry] = [cash, 0, 0];
  const fill = (bar: number, quantity: number) => {
    orders[bar] = quantity;
    money -= quantity * close[bar] + Math.abs(quantity) * close[bar] * fee;
    held += quantity;
  };
  const equity = close.map((now, bar) => {
    if (held !== 0 && random() < 0.2) {
      const size = Math.abs(held);
      const side = Math.sign(held);
      trades.side.push(side);
      trades.quantity.push(size);
      trades.entryBar.push(entry);
      trades.exitBar.push(bar);
      trades.entryPrice.push(close[entry]);
      trades.exitPrice.push(now);
      trades.pnl.push(size * (side * (now - close[entry]) - fee * (now + close[entry])));
      fill(bar, -held);
    } else if (held === 0 && bar > 0 && bar < bars - 12 && random() < 0.4) {
      entry = bar;
      // Never more than vectorbt lets an account of that worth buy or sell short.
      const most = (0.4 * money) / now;
      fill(bar, (random() < 0.6 ? 1 : -1) * Math.ceil(most * (0.25 + 0.75 * random())));
    }
    return money + held * now;
  });
  const time = close.map((_, bar) => Date.UTC(2021, 4, 3) + bar * DAY);
  return { time, cash, fee, rf: 0.03, close, equity, orders, trades };
}
