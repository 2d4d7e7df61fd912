import {
  BROKER_DEFAULTS,
  createScriptBroker,
  type ScriptBrokerSettings,
  type ScriptSimulation,
  type SimulatedBroker,
} from "../../src/backtest/script/index.ts";
import type { Bars } from "../../src/vector/columns.ts";

export const NA = Number.NaN;
export const LONG = 1;
export const SHORT = -1;

/** Called at each close, with the broker as of it. */
export type Program = (desk: Desk, bar: number) => void;

/** The broker with named, optional arguments, as hand-written programs call it. */
export class Desk {
  constructor(readonly broker: SimulatedBroker) {}

  entry(id: string, side: number, a: EntryArguments = {}): void {
    const { qty = NA, limit = NA, stop = NA, oca = "", ocaType = "none", comment = "" } = a;
    this.broker.entry(id, side, qty, limit, stop, oca, ocaType, comment);
  }

  order(id: string, side: number, a: EntryArguments = {}): void {
    const { qty = NA, limit = NA, stop = NA, oca = "", ocaType = "none", comment = "" } = a;
    this.broker.order(id, side, qty, limit, stop, oca, ocaType, comment);
  }

  exit(id: string, from: string, a: ExitArguments): void {
    this.broker.exit(
      id,
      from,
      Float64Array.of(
        a.qty ?? NA,
        a.qtyPercent ?? NA,
        a.profit ?? NA,
        a.limit ?? NA,
        a.loss ?? NA,
        a.stop ?? NA,
        a.trailPrice ?? NA,
        a.trailPoints ?? NA,
        a.trailOffset ?? NA,
      ),
      a.oca ?? "",
      a.comment ?? "",
    );
  }

  close(id: string, a: { qty?: number; qtyPercent?: number; immediately?: boolean } = {}): void {
    this.broker.close(id, a.qty ?? NA, a.qtyPercent ?? NA, a.immediately ?? false, "");
  }
}

interface EntryArguments {
  qty?: number;
  limit?: number;
  stop?: number;
  oca?: string;
  ocaType?: string;
  comment?: string;
}

interface ExitArguments {
  qty?: number;
  qtyPercent?: number;
  profit?: number;
  limit?: number;
  loss?: number;
  stop?: number;
  trailPrice?: number;
  trailPoints?: number;
  trailOffset?: number;
  oca?: string;
  comment?: string;
}

export function run(
  bars: Bars,
  settings: Partial<ScriptBrokerSettings>,
  program: Program,
): ScriptSimulation & { readonly broker: SimulatedBroker } {
  const broker = createScriptBroker(bars, {
    ...BROKER_DEFAULTS,
    initial_capital: 10_000,
    ...settings,
  });
  const desk = new Desk(broker);
  for (let bar = settings.start ?? 0; bar < bars.close.length; bar++) {
    broker.openBar(bar);
    program(desk, bar);
    broker.closeBar(bar);
  }
  return { ...broker.finish(), broker };
}

/** Hourly bars from `[open, high, low, close]` each. */
export function barsOf(rows: readonly (readonly number[])[]): Bars {
  const column = (k: number) => Float64Array.from(rows, (row) => row[k]);
  return {
    time: Float64Array.from(rows, (_, i) => Date.UTC(2024, 0, 1) + i * 3_600_000),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: Float64Array.from(rows, () => 1),
  };
}

/** A trade in a few words: `long 2 of A: 1 @ 100 → 3 @ 110 by X`, or `… open`. */
export function tell({ trades, labels }: ScriptSimulation): string[] {
  return Array.from({ length: trades.length }, (_, i) => {
    const side = trades.side[i] > 0 ? "long" : "short";
    const entry = `${trades.entryBar[i]} @ ${trades.entryPrice[i]}`;
    const exit = `${trades.exitBar[i]} @ ${trades.exitPrice[i]} by ${labels.exitId[i]}`;
    const end = trades.open[i] === 1 ? "open" : exit;
    return `${side} ${trades.quantity[i]} of ${labels.entryId[i]}: ${entry} → ${end}`;
  });
}
