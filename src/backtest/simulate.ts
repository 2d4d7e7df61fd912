import type { Bars } from "../vector/columns.ts";
import { runBars } from "./bar-loop.ts";
import { Broker } from "./broker.ts";
import { EquityCurve } from "./equity-curve.ts";
import { runEvents } from "./event-jump.ts";
import { firing } from "./firing.ts";
import type { RunSettings, Signals } from "./orders.ts";
import { isPlainExecution } from "./plain-execution.ts";
import { runRealistic } from "./realistic/run-realistic.ts";
import type { Simulation } from "./simulation.ts";
import { TradeLog } from "./trades.ts";

/**
 * Runs signals over bars (SEMANTICS §5):
 *
 *     masks per position → events → orders → fills → lots → trades
 *                                      └→ cash, position → equity per bar
 *
 * Per bar: fill what is due, mark equity, evaluate the rules at the close, queue new orders. A market order
 * fills at the next open, or at this close before equity is marked; each bar of delay moves it by one.
 * Costs beyond commission and slippage, exits and limits take the bar-by-bar form of `realistic/`.
 * A position open at the end stays open and is marked at the last close. A bar whose price is na fills nothing.
 */
export function simulate(bars: Bars, signals: Signals, settings: RunSettings): Simulation {
  const length = bars.time.length;
  if (signals.length !== length) {
    throw new RangeError(`signals of ${signals.length} bars on ${length} bars`);
  }
  return isPlainExecution(signals, settings)
    ? simulatePlain(bars, signals, settings)
    : simulateRealistic(bars, signals, settings);
}

function simulatePlain(bars: Bars, signals: Signals, settings: RunSettings): Simulation {
  const { length } = bars.time;
  const log = new TradeLog();
  const broker = new Broker(signals.rules, settings, log);
  const curve = new EquityCurve(bars.close, settings.start);
  const session = { bars, signals, settings, firing: firing(signals), broker, curve };

  const limits = signals.rules.some((rule) => rule.limit !== undefined);
  const pending = limits ? runBars(session) : runEvents(session);

  curve.markUntil(length, broker);
  broker.finish(length - 1, curve.lastClose(length - 1, broker.lastPrice));
  return {
    start: settings.start,
    trades: log.finish(),
    equity: curve.equity,
    cash: broker.cash,
    position: broker.quantity,
    fills: broker.fills,
    commission: broker.commission,
    traded: broker.traded,
    barsInPosition: curve.barsInPosition,
    invested: curve.invested,
    rejections: broker.rejections,
    pending,
  };
}

function simulateRealistic(bars: Bars, signals: Signals, settings: RunSettings): Simulation {
  const log = new TradeLog();
  const curve = new EquityCurve(bars.close, settings.start);
  const run = runRealistic(bars, signals, settings, log, curve);
  return {
    start: settings.start,
    trades: log.finish(),
    equity: curve.equity,
    barsInPosition: curve.barsInPosition,
    invested: curve.invested,
    ...run,
  };
}
