import { loadDataset } from "../data/index.ts";
import { diagnose, fail, SwymcError } from "../diagnostics/index.ts";
import type { IndicatorDefinition } from "../indicators/definition.ts";
import { type DialectDiff, dialectDiff } from "../program/dialect-diff.ts";
import { count } from "../report/format.ts";
import { type Bars, type Column, FIELDS, isoTime } from "../vector/index.ts";
import type { Context } from "./context.ts";
import { findIndicator } from "./find-indicator.ts";
import type { DiffOptions } from "./indicators.ts";

/** Computes the indicator in every dialect over the data, and prints where they differ from `tv`. */
export async function runIndicatorsDiff(name: string, options: DiffOptions, { io }: Context) {
  const definition = findIndicator(name);
  const params = paramsOf(definition, options.param ?? {});
  const fields = columnsOf(definition, options);
  const { symbol } = options;
  const dataset = await loadDataset(options.data, symbol === undefined ? {} : { symbol });
  if (dataset.reason !== null) throw new SwymcError([dataset.reason]);
  const { bars } = dataset;
  const rows = dialectDiff(
    definition,
    fields.map((field) => bars[field]),
    params,
  );
  if (options.json) {
    const named = Object.fromEntries(definition.params.map((p, k) => [p.name, params[k]]));
    const diffs = rows.map((row) => jsonRow(row, bars));
    const bar_count = bars.time.length;
    const data = { indicator: name, params: named, sources: fields, bars: bar_count, diffs };
    io.out.write(`${JSON.stringify(data)}\n`);
  } else {
    const numbers = definition.params.map((p, k) => `${p.name} ${params[k]}`).join(", ");
    io.out.write(
      `${name} (${numbers}) of ${fields.join(", ")}, ${count(bars.time.length, "bar")}\n`,
    );
    for (const row of rows) io.out.write(`${textRow(row, definition, bars)}\n`);
  }
}

/** The columns it reads: the chosen ones for freely chosen series, else its own. */
function columnsOf(
  { sources }: IndicatorDefinition,
  chosen: Pick<DiffOptions, "source" | "other">,
): Column[] {
  return sources.map((own) => {
    if (own === "time") return own;
    const name = own === "source" || own === "other" ? chosen[own] : own;
    return FIELDS.find((field) => field === name) ?? fail("unknown_source", { name });
  });
}

function paramsOf(
  definition: IndicatorDefinition,
  given: Readonly<Record<string, number>>,
): number[] {
  const known = definition.params.map((param) => param.name);
  const problems = Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => diagnose("unknown_indicator_param", { name, known }));
  const values = definition.params.map(({ name, type, min, max, default: standard }) => {
    const value = Object.hasOwn(given, name) ? given[name] : standard;
    const fits =
      value !== undefined &&
      value >= min &&
      value <= max &&
      (type === "float" || Number.isInteger(value));
    if (fits) return value;
    const expected = `${type === "int" ? "a whole number" : "a number"} from ${min} to ${max}`;
    const shown = value === undefined ? "not given" : String(value);
    problems.push(diagnose("bad_indicator_param", { name, value: shown, expected }));
    return Number.NaN;
  });
  if (problems.length > 0) throw new SwymcError(problems);
  return values;
}

function textRow(row: DialectDiff, { outputs }: IndicatorDefinition, { time }: Bars): string {
  const name = outputs.length === 1 ? row.dialect : `${row.dialect}.${row.output}`;
  if (row.first < 0) return `  ${name.padEnd(20)}equal`;
  const largest =
    row.largestBar < 0
      ? ""
      : `, most ${row.largest.toPrecision(6)} at bar ${row.largestBar} (${isoTime(time[row.largestBar])})`;
  const na = row.naBars === 0 ? "" : `, na in one only on ${count(row.naBars, "bar")}`;
  const values = `differs on ${count(row.bars, "bar")}`;
  return `  ${name.padEnd(20)}${values} from bar ${row.first} (${isoTime(time[row.first])})${largest}${na}`;
}

function jsonRow({ naBars, largestBar, ...row }: DialectDiff, { time }: Bars) {
  const at = (bar: number) => (bar < 0 ? null : isoTime(time[bar]));
  return {
    ...row,
    na_bars: naBars,
    first: row.first < 0 ? null : row.first,
    first_time: at(row.first),
    largest_bar: largestBar < 0 ? null : largestBar,
    largest_time: at(largestBar),
  };
}
