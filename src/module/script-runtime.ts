import { RunMemory } from "../backtest/script/run-memory.ts";
import { type TradeObject, tradeObjects } from "../backtest/trade-objects.ts";
import { type Place, SwymcError } from "../diagnostics/index.ts";
import type { Span } from "../dsl/text/ast.ts";
import type { IndicatorDefinition } from "../indicators/definition.ts";
import type { CompiledScript } from "../script/compile-script.ts";
import { FreeColumns } from "../script/run/free-columns.ts";
import { runScript, type ScriptRunOptions } from "../script/run-script.ts";
import { mathHelpers } from "../script/runtime/math.ts";
import type { SubUnit, Unit } from "../script/unit.ts";
import type { Interval } from "../vector/interval.ts";
import { type ColumnSource, readColumns } from "./read-columns.ts";
import type { ModuleRun } from "./runtime.ts";

/** Places in the script as they are in its text, for messages. */
export interface ModuleSpan extends Span {
  readonly line: number;
  readonly column: number;
}

/** A unit as data; its functions stand apart, under `code`. */
export interface UnitData
  extends Omit<Unit, "source" | "prologue" | "loop" | "maps" | "subs" | "spans" | "dependencies"> {
  readonly code: number;
  readonly subs: readonly (Omit<SubUnit, "unit"> & { readonly unit: UnitData })[];
  readonly spans: readonly ModuleSpan[];
}

/** What the emitted part of a script's module hands to its runtime. */
export interface ScriptModuleParts {
  readonly core: CompiledScript["core"];
  readonly unit: UnitData;
  /** Functions of each unit, made with the helpers that they call. */
  readonly code: readonly ((helpers: typeof mathHelpers) => readonly unknown[])[];
  readonly indicators: Readonly<Record<string, IndicatorDefinition>>;
}

/** Fractions, not percent. What is left out is as the script says, else the default. */
export interface ScriptModuleOptions
  extends Pick<
    ScriptRunOptions,
    "cash" | "commission" | "fill" | "start" | "riskFreeReturn" | "calendar" | "stepMs"
  > {
  readonly params?: Readonly<Record<string, number | boolean | string>>;
  /** Smallest step of the price; 0.01. */
  readonly tick?: number;
  readonly symbol?: string;
  readonly exchange?: string;
  readonly interval?: Interval;
}

/** The functions that a script's module exports. They throw TypeError and RangeError for wrong arguments. */
export function createScript(parts: ScriptModuleParts) {
  const script: CompiledScript = {
    core: parts.core,
    unit: unitOf(parts.unit, parts.code),
    indicators: (name) => parts.indicators[name],
    pool: new FreeColumns(),
    memory: new RunMemory(false),
  };

  function run(columns: ColumnSource, options: ScriptModuleOptions = {}): ModuleRun {
    const bars = readColumns(columns);
    const { params, tick, symbol, exchange, interval, ...rest } = options;
    const chart = given({ mintick: tick, symbol, exchange, interval });
    const inputs = params === undefined ? {} : { inputs: params };
    const { simulation, metrics, metrics_null } = explained(() =>
      runScript(script, bars, { ...rest, ...inputs, chart, placeOf }),
    );
    return {
      trades: tradeObjects(bars, simulation) as readonly TradeObject[],
      metrics,
      metrics_null: metrics_null as Record<string, string>,
      equity: simulation.equity,
      rejections: simulation.rejections.count,
      pending: simulation.pending.length,
    };
  }

  return { run };
}

function unitOf(data: UnitData, code: ScriptModuleParts["code"]): Unit {
  const { code: at, subs, ...rest } = data;
  const made = code[at]!(mathHelpers);
  return {
    ...rest,
    source: "",
    prologue: made[0] as Unit["prologue"],
    loop: made[1] as Unit["loop"],
    maps: made.slice(2) as unknown as Unit["maps"],
    dependencies: null,
    subs: subs.map((sub) => ({ ...sub, unit: unitOf(sub.unit, code) })),
  };
}

function placeOf(span: Span): Place {
  const { start, end, line, column } = span as ModuleSpan;
  return { span: { offset: start, length: end - start, line, column } };
}

/** A mistake of the caller, or one that the script makes on these bars, with its line. */
function explained<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SwymcError)) throw error;
    const told = error.diagnostics.map(({ message, span }) =>
      span === undefined ? message : `line ${span.line}: ${message}`,
    );
    throw new RangeError(told.join("; "));
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(options: T): Given<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}
