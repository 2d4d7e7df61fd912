import { expect } from "vitest";
import { checkScript } from "../../src/dsl/text/check/index.ts";
import { parseScript } from "../../src/dsl/text/parse/parse-script.ts";
import { compileScript } from "../../src/script/compile-script.ts";
import { runScript } from "../../src/script/run-script.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { barsOf, tell } from "./broker-support.ts";
import { interpretScript } from "./reference/interpret-script.ts";
import type { SlowTrade } from "./reference/orders.ts";

export type Row = readonly [open: number, high: number, low: number, close: number];

export interface Case {
  readonly version?: number;
  /** Further arguments of `strategy(…)`; money at the start is 10,000 where they do not say. */
  readonly settings?: string;
  readonly rows: readonly Row[];
  /** Calls by the bar on whose close they are made. */
  readonly calls: Readonly<Record<number, string>>;
  readonly tick?: number;
}

export interface Told {
  readonly trades: readonly string[];
  readonly equity: readonly number[];
  readonly commissions: readonly number[];
}

/** What a script of a few calls does on a few hourly bars, alike in the generated loop and in the slow twin. */
export function trading({ version = 5, settings = "", rows, calls, tick = 1 }: Case): Told {
  const given = settings === "" ? [] : [settings];
  const capital = settings.includes("initial_capital") ? [] : ["initial_capital=10000"];
  const head = `//@version=${version}\nstrategy(${['"by hand"', ...given, ...capital].join(", ")})`;
  const body = Object.entries(calls).map(
    ([bar, text]) => `if bar_index == ${bar}\n${text.replace(/^/gm, "    ")}`,
  );
  return told(`${[head, ...body].join("\n")}\n`, barsOf(rows), tick);
}

export function told(text: string, bars: Bars, tick: number): Told {
  const parsed = parseScript(text);
  const { core, diagnostics } = checkScript(parsed.script, parsed.text, { purpose: "backtest" });
  expect([...parsed.diagnostics, ...diagnostics]).toEqual([]);
  const { simulation } = runScript(compileScript(core!), bars, { chart: { mintick: tick } });
  const slow = interpretScript(parsed.script, bars, {
    chart: { tick },
    settings: { snap: true },
  });
  const made = {
    trades: tell(simulation),
    equity: [...simulation.equity],
    commissions: [...simulation.trades.commission],
  };
  expect(made).toEqual({
    trades: slow.trades.map(tellSlow),
    equity: [...slow.equity],
    commissions: slow.trades.map(({ commission }) => commission),
  });
  return made;
}

function tellSlow(trade: SlowTrade): string {
  const side = trade.direction > 0 ? "long" : "short";
  const exit = `${trade.exitBar} @ ${trade.exitPrice} by ${trade.exitId}`;
  const end = trade.exitBar < 0 ? "open" : exit;
  return `${side} ${trade.qty} of ${trade.entryId}: ${trade.entryBar} @ ${trade.entryPrice} → ${end}`;
}
