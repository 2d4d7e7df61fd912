import type { Simulation } from "../../backtest/simulation.ts";
import { EXIT_REASONS, type Trades } from "../../backtest/trades.ts";
import type { ExplainedPosition } from "../../report/explanation.ts";
import { isoTime } from "../../vector/iso-time.ts";

/**
 * The position that conditions see at the close of a bar: after its fills at the open and along its path, before those at the
 * close.
 */
export function positionAt(
  { trades }: Simulation,
  bar: number,
  fill: "next_open" | "close",
): ExplainedPosition {
  let quantity = 0;
  for (let k = 0; k < trades.length; k++) {
    const atClose = fill === "close";
    const entered = atClose ? trades.entryBar[k]! < bar : trades.entryBar[k]! <= bar;
    if (entered && !hasLeft(trades, k, bar, atClose))
      quantity += trades.side[k]! * trades.quantity[k]!;
  }
  const state = quantity === 0 ? "flat" : quantity > 0 ? "long" : "short";
  return { state, quantity };
}

function hasLeft(trades: Trades, k: number, bar: number, atClose: boolean): boolean {
  const exit = trades.exitBar[k]!;
  if (exit < 0 || exit > bar) return false;
  const reason = EXIT_REASONS[trades.exitReason[k]!];
  return exit < bar || !(atClose && (reason === "order" || reason === "end"));
}

/**
 * What became of the orders of a bar, in words.
 *
 * @param names of the entry and exit orders of a trade
 */
export function outcomesOf(
  simulation: Simulation,
  time: Float64Array,
  bar: number,
  names: (trade: number) => { entry: string; exit: string },
): string[] {
  const { trades, rejections, pending } = simulation;
  const found: string[] = [];
  for (let k = 0; k < trades.length; k++) {
    const side = trades.side[k]! > 0;
    const { entry, exit } = names(k);
    if (trades.entrySignalBar[k] === bar)
      found.push(
        filled(
          side ? "bought" : "sold",
          entry,
          trades.quantity[k]!,
          time[trades.entryBar[k]!],
          trades.entryPrice[k]!,
        ),
      );
    if (trades.exitSignalBar[k] === bar && trades.exitBar[k]! >= 0)
      found.push(
        filled(
          side ? "sold" : "bought",
          exit,
          trades.quantity[k]!,
          time[trades.exitBar[k]!],
          trades.exitPrice[k]!,
        ),
      );
  }
  for (const one of rejections.listed) {
    if (one.signalBar === bar)
      found.push(
        `${one.side} ${one.quantity} was rejected: it needs ${one.needed}, and ${one.available} was there`,
      );
  }
  for (const one of pending) {
    if (one.signalBar === bar)
      found.push(`a ${one.side} order was still waiting when the data ended`);
  }
  return found;
}

function filled(
  verb: string,
  name: string,
  quantity: number,
  time: number | undefined,
  price: number,
): string {
  return `${verb} ${quantity} at ${price} on ${isoTime(time)}${name === "" ? "" : ` (${name})`}`;
}
