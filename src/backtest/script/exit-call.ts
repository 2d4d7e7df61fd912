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
  /** It waits for the entry orders that were placed before this count. */
  waitsFor = 0;
  /** The side of the position it belongs to; 0 while it waits for one. */
  side = 0;

  constructor(id: string, fromEntry: string) {
    this.id = id;
    this.fromEntry = fromEntry;
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
