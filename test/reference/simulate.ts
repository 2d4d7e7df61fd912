import type { Condition, Rule, StrategyDocument } from "../../src/dsl/document.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { type BoundStrategy, bind, number, type ParamValues } from "./bind.ts";
import { Broker, type Order, type ReferenceTrade, type Rejection, type Size } from "./broker.ts";
import { decimalsOf, Quantities } from "./decimal.ts";
import { Interpreter, type PositionState } from "./interpreter.ts";
import { fires } from "./truth.ts";

/** How orders are executed. Rates are fractions. */
export interface Execution {
  readonly cash: number;
  readonly commission: number;
  readonly slippage: number;
  readonly fill: "next_open" | "close";
  /** Whole bars of latency. */
  readonly delay: number;
}

export const FREE: Execution = {
  cash: 10_000,
  commission: 0,
  slippage: 0,
  fill: "next_open",
  delay: 0,
};

export interface ReferenceRun {
  /** Closed ones in the order of their exits, then those still open in the order of their entries. */
  readonly trades: readonly ReferenceTrade[];
  /** At the close of each bar. */
  readonly equity: readonly number[];
  readonly rejections: readonly Rejection[];
  /** Orders that no bar was left to fill. */
  readonly pending: readonly Pending[];
  /** First bar whose decision hangs on less than the exactness that SEMANTICS fixes; null: none. */
  readonly doubtfulBar: number | null;
  /** Some quantities follow from a size, and so are rounded. */
  readonly roundedQuantities: boolean;
}

interface Pending extends Order {
  readonly price: number | null;
}

/** Runs a rule document over bars, bar by bar, as SEMANTICS §5 says. */
export function simulate(
  document: StrategyDocument,
  bars: Bars,
  execution: Execution = FREE,
  params: ParamValues = {},
): ReferenceRun {
  return new Simulation(bind(document, params), bars, execution).run();
}

class Simulation {
  readonly #strategy: BoundStrategy;
  readonly #bars: Bars;
  readonly #execution: Execution;
  readonly #interpreter: Interpreter;
  readonly #quantities: Quantities;
  readonly #broker: Broker;
  #waiting: Pending[] = [];
  #lastPlaced = Number.NEGATIVE_INFINITY;
  #doubtfulBar: number | null = null;

  constructor(strategy: BoundStrategy, bars: Bars, execution: Execution) {
    this.#strategy = strategy;
    this.#bars = bars;
    this.#execution = execution;
    this.#interpreter = new Interpreter(bars);
    this.#quantities = quantitiesOf(strategy);
    this.#broker = new Broker(execution.cash, execution.commission, this.#quantities);
  }

  run(): ReferenceRun {
    const equity: number[] = [];
    for (let bar = 0; bar < this.#bars.time.length; bar++) {
      this.#replaceQuotes(bar);
      this.#fillWaiting(bar);
      this.#place(bar);
      if (this.#execution.fill === "close") this.#fillMarket(bar, this.#bars.close[bar]);
      equity.push(this.#broker.equity(this.#bars.close[bar]));
    }
    this.#replaceQuotes(this.#bars.time.length);
    return {
      trades: [...this.#broker.closed, ...this.#broker.open()],
      equity,
      rejections: this.#broker.rejections,
      pending: this.#waiting,
      roundedQuantities: this.#quantities.rounded,
      doubtfulBar: earlier(this.#doubtfulBar, this.#broker.doubtfulBar),
    };
  }

  /** Orders of earlier bars: at the open, then along the path inside the bar, then (policy close) at its close. */
  #fillWaiting(bar: number): void {
    if (this.#execution.fill === "next_open") this.#fillMarket(bar, this.#bars.open[bar]);
    for (const stage of pathOf(this.#bars, bar)) {
      this.#take(
        bar,
        (order) => order.price !== null && reached(order, order.price, stage),
      ).forEach((order) => {
        const price = stage.kind === "open" ? this.#bars.open[bar] : (order.price as number);
        this.#broker.fill(order, bar, price);
      });
    }
    if (this.#execution.fill === "close") this.#fillMarket(bar, this.#bars.close[bar]);
  }

  #fillMarket(bar: number, price: number): void {
    for (const order of this.#take(bar, (waiting) => waiting.price === null)) {
      const adverse = order.side === "buy" ? this.#execution.slippage : -this.#execution.slippage;
      this.#broker.fill(order, bar, price * (1 + adverse));
    }
  }

  /** New quotes cancel the old ones on the bar from which they may fill: latency holds for both. */
  #replaceQuotes(bar: number): void {
    if (!this.#strategy.spread) return;
    const due = (order: Pending) => order.signalBar + this.#execution.delay + 1;
    if (!this.#waiting.some((order) => due(order) === bar)) return;
    this.#waiting = this.#waiting.filter((order) => due(order) >= bar);
  }

  /** Takes out of the queue what may fill on this bar. */
  #take(bar: number, which: (order: Pending) => boolean): Pending[] {
    const { fill, delay } = this.#execution;
    const due = (order: Pending) =>
      order.signalBar + delay + (fill === "close" && order.price === null ? 0 : 1) <= bar;
    const taken = this.#waiting.filter((order) => due(order) && which(order));
    this.#waiting = this.#waiting.filter((order) => !taken.includes(order));
    return taken;
  }

  #place(bar: number): void {
    const time = this.#bars.time[bar];
    if (time - this.#lastPlaced < this.#strategy.intervalSecs * 1000) return;
    const orders = this.#strategy.spread ? this.#quotes(bar) : this.#signals(bar);
    if (orders.length === 0) return;
    this.#lastPlaced = time;
    this.#waiting.push(...orders);
  }

  #quotes(bar: number): Pending[] {
    const { fraction, quantity } = this.#strategy.spread as NonNullable<BoundStrategy["spread"]>;
    const close = this.#bars.close[bar];
    const size: Size = { kind: "quantity", units: this.#quantities.parse(quantity) };
    return [
      { side: "buy", size, signalBar: bar, price: close * (1 - fraction / 2) },
      { side: "sell", size, signalBar: bar, price: close * (1 + fraction / 2) },
    ];
  }

  #signals(bar: number): Pending[] {
    const position = this.#broker.position;
    const state = position === 0n ? "flat" : position > 0n ? "long" : "short";
    return this.#strategy.rules
      .filter((rule) => this.#fires(rule.when, bar, state))
      .map((rule) => ({
        side: rule.then.side,
        size: sizeOf(rule, this.#quantities),
        signalBar: bar,
        price: null,
      }));
  }

  #fires(when: Condition, bar: number, state: PositionState): boolean {
    const decision = fires(this.#interpreter.truth(when, bar, state));
    if (decision === null) this.#doubtfulBar ??= bar;
    return decision ?? false;
  }
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

type Stage = { readonly kind: "open" | "high" | "low"; readonly price: number };

/** Open nearer the high, strictly: O-H-L-C; else O-L-H-C. The close adds nothing that these did not reach. */
function pathOf(bars: Bars, bar: number): Stage[] {
  const open = bars.open[bar];
  const high: Stage = { kind: "high", price: bars.high[bar] };
  const low: Stage = { kind: "low", price: bars.low[bar] };
  const start: Stage = { kind: "open", price: open };
  return high.price - open < open - low.price ? [start, high, low] : [start, low, high];
}

function reached(order: Order, limit: number, stage: Stage): boolean {
  return order.side === "buy" ? stage.price <= limit : stage.price >= limit;
}

function sizeOf({ then }: Rule, quantities: Quantities): Size {
  if (then.close) return { kind: "close" };
  if (then.size === undefined) {
    return { kind: "quantity", units: quantities.parse(then.quantity as string) };
  }
  return "cash" in then.size
    ? { kind: "cash", cash: number(then.size.cash) }
    : { kind: "percent_of_equity", percent: number(then.size.percent_of_equity) };
}

/** Sizes are real numbers; so many decimals are finer than a double, even of an account gone to dust. */
function quantitiesOf(strategy: BoundStrategy): Quantities {
  if (strategy.rules.some(({ then }) => then.size !== undefined)) return new Quantities(120, true);
  const written = strategy.rules.map(({ then }) => then.quantity ?? "0");
  const all = [...written, strategy.spread?.quantity ?? "0"] as string[];
  return new Quantities(Math.max(...all.map(decimalsOf)));
}
