import { TextTable } from "./text-table.ts";

/** Names and comments of the trades, aligned with their columns; "" for what is open or was not given. */
export interface TradeLabels {
  readonly entryId: readonly string[];
  readonly entryComment: readonly string[];
  readonly exitId: readonly string[];
  readonly exitComment: readonly string[];
}

type Label = keyof TradeLabels;

/** What a script's trades have beside the columns of every trade. Texts are lists only once they are asked for. */
export class TradeNotes implements TradeLabels {
  /** Where on the path of its bar a trade was entered and left. */
  entryStage = new Uint8Array(64);
  exitStage = new Uint8Array(64);
  entryCommission = new Float64Array(64);
  private length = 0;
  private readonly numbers: Record<Label, Int32Array> = {
    entryId: new Int32Array(64),
    entryComment: new Int32Array(64),
    exitId: new Int32Array(64),
    exitComment: new Int32Array(64),
  };
  private readonly tables: Readonly<Record<Label, TextTable>> = {
    entryId: new TextTable(),
    entryComment: new TextTable(),
    exitId: new TextTable(),
    exitComment: new TextTable(),
  };
  private readonly lists: Partial<Record<Label, readonly string[]>> = {};

  /** @param before notes that nobody needs any more, for their memory */
  constructor(before?: TradeNotes) {
    if (before === undefined) return;
    this.numbers = before.numbers;
    this.entryStage = before.entryStage;
    this.exitStage = before.exitStage;
    this.entryCommission = before.entryCommission;
  }

  add(
    entryId: string,
    entryComment: string,
    exitId: string,
    exitComment: string,
    entryStage: number,
    exitStage: number,
    entryCommission: number,
  ): void {
    if (this.length === this.entryStage.length) this.grow(2 * this.length);
    const at = this.length++;
    const { numbers, tables } = this;
    numbers.entryId[at] = tables.entryId.numberOf(entryId);
    numbers.entryComment[at] = tables.entryComment.numberOf(entryComment);
    numbers.exitId[at] = tables.exitId.numberOf(exitId);
    numbers.exitComment[at] = tables.exitComment.numberOf(exitComment);
    this.entryStage[at] = entryStage;
    this.exitStage[at] = exitStage;
    this.entryCommission[at] = entryCommission;
  }

  text(label: Label, at: number): string {
    return this.tables[label].text(this.numbers[label][at]);
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
    let list = this.lists[label];
    if (list?.length !== this.length) {
      list = Array.from({ length: this.length }, (_, at) => this.text(label, at));
      this.lists[label] = list;
    }
    return list;
  }

  private grow(capacity: number): void {
    const { numbers } = this;
    for (const label of Object.keys(numbers) as Label[])
      numbers[label] = longer(new Int32Array(capacity), numbers[label]);
    this.entryStage = longer(new Uint8Array(capacity), this.entryStage);
    this.exitStage = longer(new Uint8Array(capacity), this.exitStage);
    this.entryCommission = longer(new Float64Array(capacity), this.entryCommission);
  }
}

function longer<T extends Int32Array | Uint8Array | Float64Array>(to: T, from: T): T {
  to.set(from);
  return to;
}
