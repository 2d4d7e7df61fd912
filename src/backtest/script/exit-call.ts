/** A call of `strategy.exit`, kept under its id and entry until the position it belongs to is gone. */
export class ExitCall {
  readonly id: string;
  readonly fromEntry: string;
  qty = Number.NaN;
  qtyPercent = Number.NaN;
  profit = Number.NaN;
  limit = Number.NaN;
  loss = Number.NaN;
  stop = Number.NaN;
  trailPrice = Number.NaN;
  trailPoints = Number.NaN;
  trailOffset = Number.NaN;
  ocaName = "";
  comment = "";
  signalBar = 0;
  /** Counts the changes of what is asked for: an exit that has this one's levels need not reckon them again. */
  revision = 0;
  /** It waits for the entry orders that were placed before this count. */
  waitsFor = 0;
  /** The side of the position it belongs to; 0 while it waits for one. */
  side = 0;

  constructor(id: string, fromEntry: string) {
    this.id = id;
    this.fromEntry = fromEntry;
  }

  /** Whether the latest call asked for just this. */
  repeats(
    qty: number,
    qtyPercent: number,
    profit: number,
    limit: number,
    loss: number,
    stop: number,
    trailPrice: number,
    trailPoints: number,
    trailOffset: number,
  ): boolean {
    return (
      same(this.limit, limit) &&
      same(this.stop, stop) &&
      same(this.profit, profit) &&
      same(this.loss, loss) &&
      same(this.qty, qty) &&
      same(this.qtyPercent, qtyPercent) &&
      this.trails(trailPrice, trailPoints, trailOffset)
    );
  }

  /** Takes the arguments of the latest call; tells whether those of the trailing stop are new. */
  ask(
    qty: number,
    qtyPercent: number,
    profit: number,
    limit: number,
    loss: number,
    stop: number,
    trailPrice: number,
    trailPoints: number,
    trailOffset: number,
  ): boolean {
    const rearm = !this.trails(trailPrice, trailPoints, trailOffset);
    this.revision++;
    this.qty = qty;
    this.qtyPercent = qtyPercent;
    this.profit = profit;
    this.limit = limit;
    this.loss = loss;
    this.stop = stop;
    this.trailPrice = trailPrice;
    this.trailPoints = trailPoints;
    this.trailOffset = trailOffset;
    return rearm;
  }

  private trails(price: number, points: number, offset: number): boolean {
    return (
      same(this.trailPrice, price) &&
      same(this.trailPoints, points) &&
      same(this.trailOffset, offset)
    );
  }

  /**
   * Whether an entry that was first placed at `born` and opens on `side` gets an exit of this call. One that names its
   * entry holds for later ones of that id too while it is `guarding` an earlier one: an exit of it waits to be filled.
   */
  covers(id: string, born: number, side: number, guarding: boolean): boolean {
    if (this.fromEntry !== "") return this.fromEntry === id && (born <= this.waitsFor || guarding);
    return this.side === 0 ? born <= this.waitsFor : this.side === side;
  }
}

/** As `Object.is`. */
function same(a: number, b: number): boolean {
  return a === b ? a !== 0 || Object.is(a, b) : Number.isNaN(a) && Number.isNaN(b);
}
