import type { Quantities } from "./decimal.ts";

/** What an order asks for; percentages and money are resolved to a quantity when it fills. */
export type Size =
  | { readonly kind: "quantity"; readonly units: bigint }
  | { readonly kind: "percent_of_equity"; readonly percent: number }
  | { readonly kind: "cash"; readonly cash: number }
  | { readonly kind: "close" };

export interface Order {
  readonly side: "buy" | "sell";
  readonly size: Size;
  /** The bar on whose close the order was placed. */
  readonly signalBar: number;
}

/** A FIFO lot from entry to exit; `exit` is null while it is open. */
export interface ReferenceTrade {
  readonly side: "long" | "short";
  readonly quantity: number;
  readonly entry: Execution;
  readonly exit: Execution | null;
  /** Of both fills. */
  readonly commission: number;
}

interface Execution {
  readonly signalBar: number;
  readonly bar: number;
  readonly price: number;
}

export interface Rejection extends Execution {
  readonly side: "buy" | "sell";
  readonly quantity: number;
}

interface OpenLot {
  readonly entry: Execution;
  /** Signed, in units. */
  units: bigint;
}

/** Cash, position and FIFO lots of one account (SEMANTICS §5.9, §5.10, §5.12). */
export class Broker {
  cash: number;
  readonly closed: ReferenceTrade[] = [];
  readonly rejections: Rejection[] = [];
  /** First bar where a fill hung on the last bits of a sum; null: none. */
  doubtfulBar: number | null = null;
  readonly #lots: OpenLot[] = [];
  readonly #quantities: Quantities;
  readonly #rate: number;

  constructor(cash: number, commission: number, quantities: Quantities) {
    this.cash = cash;
    this.#rate = commission;
    this.#quantities = quantities;
  }

  /** Signed, in units. */
  get position(): bigint {
    return this.#lots.reduce((total, lot) => total + lot.units, 0n);
  }

  equity(price: number): number {
    return this.cash + this.#quantities.toNumber(this.position) * price;
  }

  /** Fills an order whole at `price`, or rejects it whole. All of a fill is reckoned at its price. */
  fill(order: Order, bar: number, price: number): void {
    const units = this.#resolve(order, bar, price);
    const at = { signalBar: order.signalBar, bar, price };
    // No equity left to take a share of: counted, as what cannot be paid is.
    const nothing = units === 0n && order.size.kind === "percent_of_equity";
    if (nothing || !this.#affordable(units, price, bar)) {
      const quantity = this.#quantities.toNumber(magnitude(units));
      this.rejections.push({ ...at, side: order.side, quantity });
      return;
    }
    if (units === 0n) return;
    const value = this.#quantities.toNumber(units) * price;
    this.cash -= value;
    this.cash -= this.#rate * Math.abs(value);
    this.#book(units, at);
  }

  /** The lots still open, as trades without an exit. */
  open(): ReferenceTrade[] {
    return this.#lots.map((lot) => this.#trade(lot.entry, lot.units, null));
  }

  /** Signed units. A size that meets the position but for rounding is the whole of it. */
  #resolve({ side, size }: Order, bar: number, price: number): bigint {
    const sign = side === "buy" ? 1n : -1n;
    const opposite = this.position * sign < 0n ? magnitude(this.position) : 0n;
    if (size.kind === "close") return sign * opposite;
    const units = this.#asked(size, bar, price);
    const nearly = magnitude(units - opposite) * 1_000_000_000n <= opposite;
    return sign * (this.#quantities.rounded && opposite > 0n && nearly ? opposite : units);
  }

  #asked(size: Exclude<Size, { kind: "close" }>, bar: number, price: number): bigint {
    if (size.kind === "quantity") return size.units;
    let money = size.kind === "cash" ? size.cash : 0;
    if (size.kind === "percent_of_equity") {
      const equity = this.equity(price);
      // Nothing but the rounding of larger sums.
      if (Math.abs(equity) <= 1e-9 * Math.abs(this.cash)) this.doubtfulBar ??= bar;
      money = (equity * size.percent) / 100;
    }
    return money > 0 ? this.#quantities.fromNumber(money / (price * (1 + this.#rate))) : 0n;
  }

  /** Only what increases the position is tested, with the books as they are after the rest was closed. */
  #affordable(units: bigint, price: number, bar: number): boolean {
    const position = this.position;
    const opposite = units * position < 0n;
    const closing = opposite ? smaller(magnitude(units), magnitude(position)) : 0n;
    const opening = this.#quantities.toNumber(magnitude(units) - closing) * price;
    if (opening === 0) return true;
    const closed = this.#quantities.toNumber(closing) * price;
    const cash = this.cash + (position > 0n ? closed : -closed) - this.#rate * closed;
    const left = closing > 0n ? 0n : position;
    const short = left < 0n ? this.#quantities.toNumber(-left) * price : 0;
    const free = cash - 2 * short;
    const cost = opening * (1 + this.#rate);
    const limit = free * (1 + 1e-9);
    const noise = 1e-12 * (cost + Math.abs(cash) + short);
    if (Math.abs(cost - limit) <= noise) this.doubtfulBar ??= bar;
    return cost <= limit;
  }

  #book(units: bigint, at: Execution): void {
    let rest = units;
    while (rest !== 0n && this.#lots.length > 0 && this.#lots[0].units * rest < 0n) {
      const lot = this.#lots[0];
      const part = smaller(magnitude(rest), magnitude(lot.units)) * (lot.units > 0n ? 1n : -1n);
      this.closed.push(this.#trade(lot.entry, part, at));
      lot.units -= part;
      rest += part;
      if (lot.units === 0n) this.#lots.shift();
    }
    if (rest !== 0n) this.#lots.push({ entry: at, units: rest });
  }

  #trade(entry: Execution, units: bigint, exit: Execution | null): ReferenceTrade {
    const quantity = this.#quantities.toNumber(magnitude(units));
    const value = quantity * entry.price + (exit === null ? 0 : quantity * exit.price);
    return {
      side: units > 0n ? "long" : "short",
      quantity,
      entry,
      exit,
      commission: this.#rate * value,
    };
  }
}

function magnitude(units: bigint): bigint {
  return units < 0n ? -units : units;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
