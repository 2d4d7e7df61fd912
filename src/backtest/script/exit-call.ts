import {
  EXIT_NUMBERS,
  sameNumber,
  TRAIL_OFFSET,
  TRAIL_POINTS,
  TRAIL_PRICE,
} from "./exit-numbers.ts";

const NOTHING = EXIT_NUMBERS.map(() => Number.NaN);

/** A call of `strategy.exit`, kept under its id and entry until the position it belongs to is gone. */
export class ExitCall {
  readonly id: string;
  readonly fromEntry: string;
  /** What the latest call asked for: see {@link EXIT_NUMBERS}. No typed array: these cost most of what a call does. */
  readonly numbers: number[] = NOTHING.slice();
  ocaName = "";
  comment = "";
  signalBar = 0;
  /** Counts the changes of what is asked for: an exit that has this one's levels need not reckon them again. */
  revision = 0;
  /** Changes of the order book when the call had taken effect: without further ones it has nothing to do. */
  settledAt = -1;
  /** It waits for the entry orders that were placed before this count. */
  waitsFor = 0;
  /** The side of the position it belongs to; 0 while it waits for one. */
  side = 0;

  constructor(id: string, fromEntry: string) {
    this.id = id;
    this.fromEntry = fromEntry;
  }

  /** Whether the latest call asked for just this. */
  repeats(numbers: Float64Array): boolean {
    for (let at = 0; at < EXIT_NUMBERS.length; at++) {
      if (!sameNumber(this.numbers, numbers, at)) return false;
    }
    return true;
  }

  /** Takes the numbers of the latest call; tells whether those of the trailing stop are new. */
  ask(numbers: Float64Array): boolean {
    const rearm = !(
      sameNumber(this.numbers, numbers, TRAIL_PRICE) &&
      sameNumber(this.numbers, numbers, TRAIL_POINTS) &&
      sameNumber(this.numbers, numbers, TRAIL_OFFSET)
    );
    this.revision++;
    for (let at = 0; at < EXIT_NUMBERS.length; at++) this.numbers[at] = numbers[at];
    return rearm;
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
