import {
  Bool,
  Field,
  Float64,
  Int32,
  makeData,
  makeVector,
  Schema,
  Table,
  TimestampMillisecond,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { ALWAYS, NEVER, type Signals } from "../backtest/orders.ts";
import type { Simulation } from "../backtest/simulation.ts";
import { EXIT_REASONS } from "../backtest/trades.ts";
import { timestamps } from "../data/index.ts";
import type { Bars } from "../vector/columns.ts";
import { type Mask, maskWords } from "../vector/mask.ts";

const UTC = () => new TimestampMillisecond("UTC");

/** Trades with the columns of the `--json` form; times are timestamps, exit columns null while open. */
export function tradesTable(bars: Bars, { trades }: Pick<Simulation, "trades">): Table {
  const n = trades.length;
  const list = <T>(make: (k: number) => T): T[] => Array.from({ length: n }, (_, k) => make(k));
  const time = (bar: Int32Array) =>
    vectorFromArray(
      list((k) => (bar[k]! < 0 ? null : bars.time[bar[k]!]!)),
      UTC(),
    );
  const open = (k: number) => trades.open[k] === 1;
  return new Table({
    side: vectorFromArray(
      list((k) => (trades.side[k]! > 0 ? "long" : "short")),
      new Utf8(),
    ),
    quantity: makeVector(trades.quantity),
    entry_signal_time: time(trades.entrySignalBar),
    entry_time: time(trades.entryBar),
    entry_price: makeVector(trades.entryPrice),
    exit_signal_time: time(trades.exitSignalBar),
    exit_time: time(trades.exitBar),
    exit_price: vectorFromArray(
      list((k) => (open(k) ? null : trades.exitPrice[k]!)),
      new Float64(),
    ),
    exit_reason: vectorFromArray(
      list((k) => (open(k) ? null : EXIT_REASONS[trades.exitReason[k]!]!)),
      new Utf8(),
    ),
    bars_held: new Vector([makeData({ type: new Int32(), data: trades.barsHeld, length: n })]),
    pnl_gross: makeVector(trades.pnlGross),
    commission: makeVector(trades.commission),
    pnl: makeVector(trades.pnl),
    status: vectorFromArray(
      list((k) => (open(k) ? "open" : "closed")),
      new Utf8(),
    ),
  });
}

/** `time`, `equity`: one row per bar from the run's first on. */
export function equityTable(bars: Bars, simulation: Pick<Simulation, "start" | "equity">): Table {
  return new Table({
    time: timestamps(bars.time.subarray(simulation.start)),
    equity: makeVector(simulation.equity),
  });
}

/**
 * `time`, then per rule K the columns `rule_K_flat`, `rule_K_long`, `rule_K_short`: whether it fires at
 * the close of the bar when the position has that sign. The field's metadata names the side.
 */
export function signalsTable(bars: Bars, signals: Signals): Table {
  const columns: Record<string, Vector> = { time: timestamps(bars.time) };
  const sides = new Map<string, string>();
  signals.rules.forEach(({ side, when }, k) => {
    for (const state of ["flat", "long", "short"] as const) {
      const name = `rule_${k + 1}_${state}`;
      columns[name] = boolColumn(when[state], signals);
      sides.set(name, side);
    }
  });
  const table = new Table(columns);
  const fields = table.schema.fields.map((f) =>
    sides.has(f.name)
      ? new Field(f.name, f.type, f.nullable, new Map([["side", sides.get(f.name)!]]))
      : f,
  );
  return new Table(new Schema(fields), table.batches.map((b) => b.data) as never);
}

/** Masks have the layout of Arrow's booleans: least significant bit first. */
function boolColumn(condition: number, signals: Signals): Vector<Bool> {
  const mask: Mask =
    condition === NEVER || condition === ALWAYS
      ? new Uint32Array(maskWords(signals.length)).fill(condition === ALWAYS ? 0xffffffff : 0)
      : signals.conditions[condition]!;
  const data = new Uint8Array(mask.buffer, mask.byteOffset, mask.byteLength);
  return new Vector([makeData({ type: new Bool(), data, length: signals.length })]);
}
