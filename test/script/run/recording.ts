import type { ScriptBroker } from "../../../src/backtest/script/script-broker.ts";
import { SourceText } from "../../../src/diagnostics/index.ts";
import { checkScript } from "../../../src/dsl/text/check/index.ts";
import type { CoreScript } from "../../../src/dsl/text/core.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { compileScript } from "../../../src/script/compile-script.ts";
import { runWithBroker, type ScriptRunOptions } from "../../../src/script/run-script.ts";
import type { Bars } from "../../../src/vector/columns.ts";

const HOUR = 3_600_000;

/** Hours from 2024-01-01 (a Monday) with these closes; open is the close before, high and low are 1 beyond. */
export function barsOf(close: readonly number[], step = HOUR, start = Date.UTC(2024, 0, 1)): Bars {
  const open = close.map((x, i) => (i === 0 ? x : close[i - 1]!));
  return {
    time: Float64Array.from(close, (_, i) => start + i * step),
    open: Float64Array.from(open),
    high: Float64Array.from(close, (x, i) => Math.max(x, open[i]!) + 1),
    low: Float64Array.from(close, (x, i) => Math.min(x, open[i]!) - 1),
    close: Float64Array.from(close),
    volume: Float64Array.from(close, (_, i) => i + 1),
  };
}

/** Notes the calls of orders by bar, fills nothing. */
export class RecordingBroker implements ScriptBroker {
  readonly calls: { readonly bar: number; readonly call: string; readonly args: unknown[] }[] = [];
  bar = -1;
  position_size = 0;
  position_avg_price = Number.NaN;
  equity = 10_000;
  netprofit = 0;
  openprofit = 0;
  closedtrades = 0;
  opentrades = 0;
  readonly takesExits = true;
  readonly takesCloses = true;
  readonly takesLongs = true;
  readonly takesShorts = true;
  readonly floor = Number.POSITIVE_INFINITY;
  readonly ceiling = Number.NEGATIVE_INFINITY;
  readonly turns = 0;

  openBar(bar: number) {
    this.bar = bar;
  }
  closeBar() {}
  entry = (...args: unknown[]) => this.note("entry", args);
  order = (...args: unknown[]) => this.note("order", args);
  exit = (id: string, from: string, numbers: Float64Array, ...labels: string[]) =>
    this.note("exit", [id, from, ...numbers, ...labels]);
  close = (...args: unknown[]) => this.note("close", args);
  closeAll = (...args: unknown[]) => this.note("closeAll", args);
  cancel = (...args: unknown[]) => this.note("cancel", args);
  cancelAll = (...args: unknown[]) => this.note("cancelAll", args);
  risk = (...args: unknown[]) => this.note("risk", args);
  ledger = () => 7;
  ledgerText = () => "L";
  trade = (_list: string, _field: string, index: number) => 100 + index;
  tradeText = () => "T";

  private note(call: string, args: unknown[]): void {
    this.calls.push({ bar: this.bar, call, args });
  }
}

export function coreOf(text: string): CoreScript {
  const parsed = parseScript(text);
  const { core, diagnostics } = checkScript(parsed.script, new SourceText(text));
  if (parsed.diagnostics.length + diagnostics.length > 0 || core === undefined) {
    throw new Error(
      JSON.stringify([...parsed.diagnostics, ...diagnostics].map((d) => [d.message, d.span?.line])),
    );
  }
  return core;
}

export function record(core: CoreScript, bars: Bars, options: ScriptRunOptions = {}) {
  const broker = new RecordingBroker();
  runWithBroker(compileScript(core), bars, broker, options);
  return broker.calls;
}

/** The number `x` of a script's lines on each bar. */
export function values(
  lines: string,
  bars: Bars,
  options: ScriptRunOptions & { readonly version?: number } = {},
): number[] {
  const text = `//@version=${options.version ?? 5}\nstrategy("t")\n${lines}\nstrategy.order("o", strategy.long, x)\n`;
  return record(coreOf(text), bars, options).map(({ args }) => args[2] as number);
}

export const na = Number.NaN;
