import { TextTable } from "./text-table.ts";
import { ENTRY_COMMENT, ENTRY_ID, EXIT_COMMENT, EXIT_ID, type TradeRows } from "./trade-rows.ts";

/** Names and comments of the trades, aligned with their columns; "" for what is open or was not given. */
export interface TradeLabels {
  readonly entryId: readonly string[];
  readonly entryComment: readonly string[];
  readonly exitId: readonly string[];
  readonly exitComment: readonly string[];
}

export type Label = keyof TradeLabels;

const FIELDS: Readonly<Record<Label, number>> = {
  entryId: ENTRY_ID,
  entryComment: ENTRY_COMMENT,
  exitId: EXIT_ID,
  exitComment: EXIT_COMMENT,
};

/** The texts that numbers in the rows of trades stand for. */
export class TradeTexts implements Readonly<Record<Label, TextTable>> {
  readonly entryId = new TextTable();
  readonly entryComment = new TextTable();
  readonly exitId = new TextTable();
  readonly exitComment = new TextTable();

  text(label: Label, rows: TradeRows, trade: number): string {
    return this[label].text(rows.number(trade, FIELDS[label]));
  }

  /** Those of a run that has ended; they need the rows no more unless these are `lent`. */
  labels(rows: TradeRows, lent: boolean): TradeLabels {
    return new EndedLabels(this, rows, lent);
  }
}

/** Texts are lists only once they are asked for. */
class EndedLabels implements TradeLabels {
  private readonly lists: Partial<Record<Label, readonly string[]>> = {};
  private readonly numbers: Partial<Record<Label, Int32Array>> = {};
  private readonly length: number;

  constructor(
    private readonly texts: TradeTexts,
    private readonly rows: TradeRows,
    lent: boolean,
  ) {
    this.length = rows.length;
    if (lent) return;
    for (const label of Object.keys(FIELDS) as Label[])
      if (!texts[label].isEmpty) this.numbers[label] = rows.column(FIELDS[label]);
  }

  get entryId(): readonly string[] {
    return this.list("entryId");
  }

  get entryComment(): readonly string[] {
    return this.list("entryComment");
  }

  get exitId(): readonly string[] {
    return this.list("exitId");
  }

  get exitComment(): readonly string[] {
    return this.list("exitComment");
  }

  private list(label: Label): readonly string[] {
    const { lists, length } = this;
    const table = this.texts[label];
    if (lists[label] === undefined && table.isEmpty)
      lists[label] = new Array<string>(length).fill("");
    lists[label] ??= Array.from(this.numbersOf(label), (number) => table.text(number));
    return lists[label];
  }

  private numbersOf(label: Label): Int32Array {
    this.numbers[label] ??= this.rows.column(FIELDS[label]);
    return this.numbers[label];
  }
}
