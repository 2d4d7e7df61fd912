import { EXIT_NUMBERS } from "../../backtest/script/exit-numbers.ts";
import type { ScriptBroker } from "../../backtest/script/script-broker.ts";
import { fail } from "../../diagnostics/index.ts";
import type { IndicatorDefinition } from "../../indicators/definition.ts";
import type { Bars } from "../../vector/columns.ts";
import { type Chart, type ChartOptions, chartOf } from "../runtime/chart.ts";
import { type PlaceOf, ScriptRuntime } from "../runtime/script-runtime.ts";
import { changingSite, streamSite } from "../runtime/stream-site.ts";
import { parseTimeframe, periodClose } from "../runtime/timeframe.ts";
import { alignValues } from "../security/align.ts";
import { groupBars } from "../security/group-bars.ts";
import {
  type ChainPass,
  type ColumnStep,
  type Environment,
  FIELD_COLUMNS,
  type LoopFunction,
  type SubUnit,
  testLoopOf,
  type Unit,
} from "../unit.ts";
import { checkedParams, takesParams } from "./check-params.ts";
import type { ColumnShare } from "./column-share.ts";
import { FreeColumns } from "./free-columns.ts";
import type { InputValues } from "./inputs.ts";
import { EMPTY, PIECE, runPass } from "./run-pass.ts";

/** Indicators by name; a self-contained module has those that its script needs. */
export type IndicatorTable = (name: string) => IndicatorDefinition | undefined;

export interface UnitRun {
  readonly indicators: IndicatorTable;
  readonly version: number;
  readonly bars: Bars;
  readonly chart: Chart;
  readonly chartOptions: ChartOptions;
  readonly inputs: InputValues;
  readonly placeOf: PlaceOf;
  readonly broker: ScriptBroker | null;
  readonly start: number;
  readonly pool: FreeColumns;
  /** Columns of other runs over the same bars; null for a run by itself. */
  readonly shared: ColumnShare | null;
}

/**
 * Runs a program over bars; what `request.security` computes gives its values, per bar.
 *
 *     constants of the run → columns → bar loop
 */
export function runUnit(
  unit: Unit,
  run: UnitRun,
  value: SubUnit | null,
): Float64Array | string[] | null {
  const environment = prepare(unit, run, value);
  unit.prologue(environment);
  const compute = (at: number) => fillColumns(unit, at, environment, run);
  let tests = testLoopOf(unit);
  if (run.shared !== null) run.shared.fill(unit, environment, run, compute);
  else {
    const passed = new Set<number>();
    unit.steps.forEach((_, at) => {
      for (const member of passAt(unit, at, environment, run)) passed.add(member);
      if (!passed.has(at)) compute(at);
      for (const column of unit.frees[at]!) release(environment, column, run.pool);
    });
    if (passLast(unit, environment, run, compute)) tests = null;
  }
  if (value !== null && value.column !== null) return environment.C[value.column]!;
  openSites(unit, environment, run);
  if (tests !== null) runPieces(tests, environment);
  runPieces(unit.loop, environment);
  for (const past of environment.K) if (past instanceof Float64Array) run.pool.give(past);
  if (run.shared !== null) return environment.c;
  for (const step of unit.steps) {
    if (step.kind === "map") release(environment, step.output, run.pool);
    if (step.kind === "indicator") {
      for (const output of step.outputs) release(environment, output, run.pool);
    }
  }
  return environment.c;
}

/**
 * The steps that a pass beginning at a step does in one, which one that makes the bits of tests does later; none where it cannot,
 * and each is to do its own.
 */
function passAt(unit: Unit, at: number, environment: Environment, run: UnitRun): readonly number[] {
  const pass = unit.passes.find(({ members }) => members[0] === at);
  const periods = pass === undefined ? null : periodsOf(unit, pass, environment, run);
  if (pass === undefined || periods === null) return [];
  const done = pass.tested !== null || passes(unit, pass, periods, environment, run);
  return done ? pass.members : [];
}

/** The pass that makes the bits of tests, when all else is there; false where they are still to be made. */
function passLast(
  unit: Unit,
  environment: Environment,
  run: UnitRun,
  compute: (at: number) => void,
): boolean {
  const pass = unit.passes.find(({ tested }) => tested !== null);
  const periods = pass === undefined ? null : periodsOf(unit, pass, environment, run);
  if (pass === undefined || periods === null) return false;
  if (passes(unit, pass, periods, environment, run)) return true;
  for (const member of pass.members) compute(member);
  return false;
}

/** Fills the columns of a pass; false where it cannot. */
function passes(
  unit: Unit,
  pass: ChainPass,
  periods: ReadonlyMap<number, number>,
  environment: Environment,
  run: UnitRun,
): boolean {
  const { C, n } = environment;
  for (const { column } of pass.outputs) C[column] = run.pool.take(n);
  const loop = unit.maps[pass.members[0]!]!;
  if (runPass(pass, loop, environment, periods, testLoopOf(unit))) return true;
  for (const { column } of pass.outputs) release(environment, column, run.pool);
  return false;
}

/** The lengths of a pass by place; null where one of its indicators does not take its own, which then says so. */
function periodsOf(
  unit: Unit,
  { members }: ChainPass,
  { P }: Environment,
  run: UnitRun,
): ReadonlyMap<number, number> | null {
  const periods = new Map<number, number>();
  for (const member of members) {
    const step = unit.steps[member] as Extract<ColumnStep, { kind: "indicator" }>;
    const definition = run.indicators(step.name)!;
    const values = step.params.map((place) => P[place]!);
    if (!takesParams(definition, values)) return null;
    for (const [k, place] of step.params.entries()) periods.set(place, Math.trunc(values[k]!));
  }
  return periods;
}

function release({ C }: Environment, column: number, pool: FreeColumns): void {
  if (C[column] instanceof Float64Array) pool.give(C[column]);
  C[column] = EMPTY;
}

function prepare(unit: Unit, run: UnitRun, value: SubUnit | null): Environment {
  const { bars, chart, inputs, broker } = run;
  const n = bars.close.length;
  const runtime = new ScriptRuntime(chart, bars.time, run.version, unit.spans, run.placeOf);
  const columns: Float64Array[] = FIELD_COLUMNS.map((name) =>
    name === "time_close" ? (unit.usesTimeClose ? closesOf(run) : EMPTY) : bars[name],
  );
  return {
    C: columns,
    P: new Float64Array(unit.numbers),
    T: unit.texts.map((text) => text ?? ""),
    N: inputs.numbers,
    W: inputs.texts,
    Q: unit.charts.map(chart.field),
    V: Float64Array.from(unit.state),
    X: unit.objects.map((kind) => (kind === "text" ? "" : null)),
    K: unit.histories.map((kind) =>
      kind === "bool" ? new Uint8Array(n) : kind === "number" ? run.pool.take(n) : [],
    ),
    t: run.pool.bytes(testLoopOf(unit) === null ? 0 : n),
    Y: Array.from({ length: unit.exits }, () =>
      new Float64Array(EXIT_NUMBERS.length).fill(Number.NaN),
    ),
    S: [],
    I: [],
    M: [],
    R: [],
    A: runtime,
    B: broker,
    c: value === null || value.column !== null ? null : value.text ? [] : new Float64Array(n),
    n,
    z: run.start,
  };
}

function closesOf({ bars, chart, shared }: UnitRun): Float64Array {
  return constantOf(shared, "time_close", () =>
    bars.time.map((each) => periodClose(each, chart.timeframe)),
  );
}

function constantOf<T>(shared: ColumnShare | null, name: string, make: () => T): T {
  return shared === null ? make() : shared.constant(name, make);
}

function fillColumns(unit: Unit, at: number, environment: Environment, run: UnitRun): void {
  const step = unit.steps[at]!;
  const { C, P, n } = environment;
  switch (step.kind) {
    case "indicator": {
      const definition = run.indicators(step.name)!;
      const span = unit.spans[step.span]!;
      const values = step.params.map((place) => P[place]!);
      const params = checkedParams(definition, values, span, run.placeOf);
      for (const output of step.outputs) C[output] = run.pool.take(n);
      definition.kernel("tv")(
        step.sources.map((source) => C[source]!),
        params,
        step.outputs.map((output) => C[output]!),
      );
      return;
    }
    case "map":
      C[step.output] = run.pool.take(n);
      runPieces(unit.maps[at]!, environment, C[step.output]!);
      return;
    case "source":
      C[step.output] = sourceColumn(run.inputs.texts[step.input]!, run.bars);
      return;
    case "security":
      C[step.output] = securityColumn(
        unit.subs[step.sub]!,
        step.sub,
        environment.T[step.timeframe]!,
        run,
        () => run.placeOf(unit.spans[step.span]!),
      ) as Float64Array;
  }
}

function runPieces(loop: LoopFunction, environment: Environment, out?: Float64Array): void {
  for (let from = 0; from < environment.n; from += PIECE) {
    const to = Math.min(environment.n, from + PIECE);
    (loop as (b: number, n: number, E: Environment, M?: Float64Array) => void)(
      from,
      to,
      environment,
      out,
    );
  }
}

function openSites(unit: Unit, { P, S, I, M, R, n }: Environment, run: UnitRun): void {
  for (const site of unit.sites) {
    const definition = run.indicators(site.name)!;
    const span = unit.spans[site.span]!;
    const check = (values: readonly number[]) =>
      checkedParams(definition, values, span, run.placeOf);
    const parts =
      site.params === null
        ? changingSite(definition, n, check)
        : streamSite(definition, check(site.params.map((place) => P[place]!)));
    S.push(parts.step);
    I.push(parts.inputs);
    M.push(parts.params);
    R.push(parts.outputs);
  }
}

/** What an `input.source` names. */
function sourceColumn(name: string, bars: Bars): Float64Array {
  const { open, high, low, close } = bars;
  const made = (of: (i: number) => number) => close.map((_, i) => of(i));
  switch (name) {
    case "hl2":
      return made((i) => (high[i]! + low[i]!) / 2);
    case "hlc3":
      return made((i) => (high[i]! + low[i]! + close[i]!) / 3);
    case "ohlc4":
      return made((i) => (open[i]! + high[i]! + low[i]! + close[i]!) / 4);
    case "hlcc4":
      return made((i) => (high[i]! + low[i]! + close[i]! + close[i]!) / 4);
    default:
      return bars[name as "open" | "high" | "low" | "close" | "volume"];
  }
}

function securityColumn(
  sub: SubUnit,
  number: number,
  timeframe: string,
  run: UnitRun,
  place: () => ReturnType<PlaceOf>,
): Float64Array | string[] {
  const { bars, chart, shared } = run;
  const asked = timeframe === "" ? chart.timeframe : parseTimeframe(timeframe);
  const same = asked.period === chart.timeframe.period;
  if (!same && asked.ms < chart.timeframe.ms) {
    fail("script_lower_timeframe", { timeframe, chart: chart.timeframe.period }, place());
  }
  const { period } = asked;
  const grouped = same ? null : constantOf(shared, `bars ${period}`, () => groupBars(bars, asked));
  const plain = grouped?.bars ?? bars;
  const used = sub.heikinashi
    ? constantOf(shared, `heikinashi ${period}`, () => heikinAshi(plain, run.indicators))
    : plain;
  const inner = {
    ...run,
    bars: used,
    chart: chartOf(used, run.chartOptions, asked),
    broker: null,
    pool: new FreeColumns(),
    shared: shared === null ? null : shared.within(number, period, sub.heikinashi),
  };
  const values = runUnit(sub.unit, inner, sub)!;
  // A shared column may be thrown out before what is made of it.
  if (grouped === null) return shared === null ? values : values.slice();
  const { gaps, lookahead } = sub;
  const closes = closesOf(run);
  if (sub.text) {
    const out = new Array<string>(bars.close.length).fill("");
    alignValues(values as string[], grouped, asked, closes, gaps, lookahead, "", out);
    return out;
  }
  const out = new Float64Array(bars.close.length);
  const numbers = values as Float64Array;
  alignValues(numbers, grouped, asked, closes, gaps, lookahead, Number.NaN, out);
  return out;
}

function heikinAshi(bars: Bars, indicators: IndicatorTable): Bars {
  const definition = indicators("heikin_ashi")!;
  const outputs = definition.outputs.map(() => new Float64Array(bars.close.length));
  definition.kernel("tv")([bars.open, bars.high, bars.low, bars.close], [], outputs);
  const of = (name: string) => outputs[definition.outputs.indexOf(name)]!;
  return {
    time: bars.time,
    open: of("open"),
    high: of("high"),
    low: of("low"),
    close: of("close"),
    volume: bars.volume,
  };
}
