import { type ExecutionModels, NO_MODELS } from "../backtest/execution-models.ts";
import { DEFAULT_CASH, type RunSettings } from "../backtest/orders.ts";
import { modalStep } from "../vector/modal-step.ts";

/** Costs and limits beyond commission by value and slippage; what is left out is off. */
export type ExecutionOptions = Partial<Omit<ExecutionModels, "latencyMs">>;

/** How to run a strategy. Fractions, not percent. */
export interface RunOptions {
  /** Money at the start; 10,000, and for a script what it says, else 1,000,000 (before version 5: 100,000). */
  readonly cash?: number;
  /** Fraction of the value of each fill; 0. */
  readonly commission?: number;
  /** Adverse fraction of the price on market fills; 0. */
  readonly slippage?: number;
  /** When market orders fill; `next_open`. */
  readonly fill?: "next_open" | "close";
  /** Whole bars of latency before an order may fill; 0. */
  readonly delay?: number;
  /** Milliseconds of latency, of which each whole bar delays as `delay` does; none. */
  readonly latencyMs?: number;
  readonly execution?: ExecutionOptions;
  /** Smallest step of the price: what a tick is. Scripts: 0.01; rule documents: prices are not rounded. */
  readonly tick?: number;
  /** First bar on which the strategy acts; earlier ones only warm the indicators up; 0. */
  readonly start?: number;
  /** Values of declared parameters, by name; the others keep their defaults. */
  readonly params?: Readonly<Record<string, number>>;
  /** Annual fraction for Sharpe and Sortino; 0. */
  readonly riskFreeReturn?: number;
  /** Trading days per year, such as 252; by default every day of 365 counts. */
  readonly calendar?: number;
  /** Length of a bar in ms for annualisation; the most common step of the data where not given. */
  readonly stepMs?: number;
}

/** The settings that options stand for, defaults filled in. */
export function settingsOf(options: RunOptions): RunSettings {
  const execution = modelsOf(options);
  return {
    cash: options.cash ?? DEFAULT_CASH,
    commission: options.commission ?? 0,
    slippage: options.slippage ?? 0,
    fill: options.fill ?? "next_open",
    delay: options.delay ?? 0,
    start: options.start ?? 0,
    ...(execution === undefined ? {} : { execution }),
  };
}

/** Undefined where no model differs from its being off. */
function modelsOf({ execution, latencyMs, tick }: RunOptions): ExecutionModels | undefined {
  const models: ExecutionModels = {
    ...NO_MODELS,
    ...(tick === undefined ? {} : { tick }),
    ...execution,
    latencyMs: latencyMs ?? null,
  };
  const names = Object.keys(NO_MODELS) as (keyof ExecutionModels)[];
  return names.some((name) => models[name] !== NO_MODELS[name]) ? models : undefined;
}

/** What annualises a run over bars of these times: the given or most common step; a day below two bars. */
export function stepOf(options: RunOptions, time: Float64Array): number {
  return options.stepMs ?? modalStep(time) ?? 86_400_000;
}
