import { KeptList } from "./kept-list.ts";
import { WorkingOrder } from "./working-order.ts";

/** Orders that wait, in the order in which they came to stand as they are. */
export class WaitingOrders {
  /** Those that are gone stand in it until `compact`. */
  readonly list = new KeptList<WorkingOrder>();
  /** Counts the entries and orders that were first placed. */
  placed = 0;
  /** Counts what may make a repeated exit do something else: orders and entries that come, go or get smaller. */
  changes = 0;
  private dead = 0;
  /** Orders that are gone and that nobody knows any more, for new ones. */
  private readonly spare = new KeptList<WorkingOrder>();

  /** Whether no order waits. */
  get isEmpty(): boolean {
    return this.list.length === this.dead;
  }

  make(kind: "entry" | "order" | "close", id: string, side: number): WorkingOrder {
    const order = this.spare.pop();
    if (order === undefined) return new WorkingOrder(kind, id, side);
    order.renew(kind, id, side);
    return order;
  }

  /** The entry or order of that id. */
  find(id: string): WorkingOrder | null {
    const { items, length } = this.list;
    for (let i = 0; i < length; i++) {
      const order = items[i];
      if (order.id === id && order.alive && (order.kind === "entry" || order.kind === "order"))
        return order;
    }
    return null;
  }

  retire(order: WorkingOrder): void {
    if (!order.alive) return;
    order.alive = false;
    this.dead++;
    this.changes++;
  }

  /** The only order has been filled. */
  takeOnly(): void {
    const { list, spare } = this;
    const order = list.items[0];
    order.alive = false;
    this.changes++;
    list.length = 0;
    spare.push(order);
  }

  compact(): void {
    if (this.dead === 0) return;
    const { list, spare } = this;
    const { items, length } = list;
    let to = 0;
    for (let i = 0; i < length; i++) {
      const order = items[i];
      if (order.alive) items[to++] = order;
      else if (order.kind !== "exit") spare.push(order);
    }
    list.length = to;
    this.dead = 0;
  }
}
