import type { Bars } from "../../vector/columns.ts";
import type { EquityCurve } from "../equity-curve.ts";
import { type ExecutionModels, NO_MODELS } from "../execution-models.ts";
import type { RunSettings, Signals } from "../orders.ts";
import type { Simulation } from "../simulation.ts";
import type { TradeLog } from "../trades.ts";
import { Carry } from "./carry.ts";
import { ownFunds, type Purse } from "./funds.ts";
import { Runner } from "./runner.ts";

/** What a run left behind, beside its trades and its equity. */
export type RealisticRun = Pick<
  Simulation,
  "cash" | "position" | "fills" | "commission" | "traded" | "rejections" | "pending" | "realism"
>;

/**
 * Runs signals with costs, limits and exits. Per bar on which anything can happen:
 *
 *     carry → orders and gapped exits at the open → path inside the bar → orders at the close → rules → new orders
 *
 * Bars in between are passed over: to the next signal, due order, reachable level or bar that charges.
 */
export function runRealistic(
  bars: Bars,
  signals: Signals,
  settings: RunSettings,
  log: TradeLog,
  curve: EquityCurve,
): RealisticRun {
  const inTicks = Object.values(signals.exits ?? {}).some(({ kind }) => kind === "ticks");
  if (inTicks && (settings.execution?.tick ?? null) === null) {
    throw new RangeError("exits in ticks on a run without the size of a tick");
  }
  return new Run(bars, signals, settings, settings.execution ?? NO_MODELS, log, curve).run();
}

class Run {
  private readonly runner: Runner;
  private readonly carry: Carry;
  private readonly purse: Purse;

  constructor(
    private readonly bars: Bars,
    signals: Signals,
    private readonly settings: RunSettings,
    models: ExecutionModels,
    log: TradeLog,
    private readonly curve: EquityCurve,
  ) {
    const funds = ownFunds(settings.cash, settings.commission, models);
    this.carry = new Carry(models);
    this.purse = funds.purse;
    this.runner = new Runner(bars, signals, settings, models, log, funds);
  }

  run(): RealisticRun {
    const { runner, curve } = this;
    const { account } = runner.execution;
    for (let bar = this.settings.start; bar <= runner.last; bar++) {
      bar = this.nextBusy(bar);
      if (bar > runner.last) break;
      this.step(bar);
    }
    curve.markUntil(runner.last + 1, account);
    runner.finish();
    const { cash, quantity: position, executions: fills, commission, traded } = account;
    return {
      cash,
      position,
      fills,
      commission,
      traded,
      rejections: runner.execution.rejections,
      pending: runner.working,
      realism: runner.execution.realism(this.carry),
    };
  }

  private nextBusy(from: number): number {
    const { units, cash } = this.runner.execution.account;
    return this.carry.any && (units !== 0 || cash < 0) ? from : this.runner.nextBusy(from);
  }

  private step(bar: number): void {
    const { runner } = this;
    this.curve.markUntil(bar, runner.execution.account);
    this.charge(bar);
    runner.enter(bar);
    runner.atOpen(bar);
    runner.alongPath(bar);
    runner.reachClose(bar);
    runner.atClose(bar);
    runner.decide(bar);
    runner.atClose(bar);
    runner.end(bar);
  }

  private charge(bar: number): void {
    if (!this.carry.any || bar === this.settings.start) return;
    const { account } = this.runner.execution;
    const { time } = this.bars;
    const price = this.curve.lastClose(bar - 1, account.lastPrice);
    const values = account.units === 0 ? [] : [account.quantity * price];
    this.purse.pay(this.carry.charge(account.cash, values, time[bar - 1]!, time[bar]!));
    this.runner.replaceLevels();
  }
}
