import { escapeTerminal } from "../../diagnostics/index.ts";
import { alignedTable } from "../../report/aligned-table.ts";
import { ansi } from "../../report/ansi.ts";
import {
  count,
  decimal,
  percent,
  plain,
  signedPercent,
  UNDEFINED_VALUE,
} from "../../report/format.ts";
import { METRICS } from "../../stats/metric-table.ts";
import type { WalkForward, WalkForwardWindow } from "../../walkforward/index.ts";

/** A walk-forward for people: what is left out of sample first. */
export function walkForwardText(
  result: WalkForward,
  about: { readonly strategy: string; readonly source: string; readonly color: boolean },
): string {
  const paint = ansi(about.color);
  const { windows, stitched } = result;
  const [head, ...rows] = alignedTable(tableOf(result));
  return [
    paint.bold(headline(result)),
    `${escapeTerminal(about.strategy)} on ${escapeTerminal(about.source)}: ${settingsText(result)}`,
    "",
    paint.dim(head!),
    ...rows,
    "",
    `stitched  ${day(stitched.test.first)} to ${day(stitched.test.last)}, ${count(stitched.test.bars, "bar")}: ${stitchedText(result)}`,
    `          ${gainText(windows, result.gaining)}; ${luckText(stitched.probabilistic_sharpe)}`,
    "",
  ].join("\n");
}

function headline({ efficiency, objective, windows }: WalkForward): string {
  const name = escapeTerminal(objective.text);
  const mean = (of: (one: WalkForwardWindow) => number | null | undefined) => {
    const values = windows.map(of).filter((value) => value !== null && value !== undefined);
    return values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length;
  };
  const [inside, outside] = [
    mean((one) => one.in_sample?.objective),
    mean((one) => one.out_of_sample?.objective),
  ];
  const left =
    efficiency.objective === null ? "" : `, efficiency ${percent(efficiency.objective, 0)}`;
  return `Out of sample ${name} ${valueText(objective.text, outside)} a window, in sample ${valueText(objective.text, inside)}${left}`;
}

function settingsText({ windows, anchored, train_share, embargo, trials, objective }: WalkForward) {
  const train = Math.round(train_share * 1000) / 10;
  const shape = `${decimal(windows.length, 0)} ${anchored ? "anchored" : "rolling"} window${windows.length === 1 ? "" : "s"}, ${plain(train)}/${plain(Math.round((100 - train) * 10) / 10)}`;
  return `${shape}, embargo ${count(embargo, "bar")}, ${count(trials, "trial")} by ${escapeTerminal(objective.text)}`;
}

function tableOf({ windows, objective }: WalkForward): string[][] {
  const names = Object.keys(windows.find(({ params }) => params !== null)?.params ?? {});
  const own = objective.text;
  const shown = own === "total_return" ? [] : [escapeTerminal(own)];
  const heads = shown.flatMap((name) => [`${short(name)} in`, "out"]);
  return [
    ["window", "test", ...names.map(short), ...heads, "return in", "out", "drawdown out", "trades"],
    ...windows.map((one) => {
      const { window, test, params, in_sample, out_of_sample } = one;
      const values = [in_sample, out_of_sample];
      return [
        decimal(window, 0),
        `${day(test.first)} to ${day(test.last)}`,
        ...names.map((name) => paramText(params?.[name])),
        ...(shown.length === 0
          ? []
          : values.map((value) => valueText(own, value?.objective ?? null))),
        ...values.map((value) => optional(value?.metrics.total_return, signedPercent)),
        optional(out_of_sample?.metrics.max_drawdown, (value) => percent(value)),
        optional(out_of_sample?.metrics.trades, (value) => decimal(value, 0)),
      ];
    }),
  ];
}

function stitchedText({ stitched: { metrics } }: WalkForward): string {
  return [
    `return ${optional(metrics.total_return, signedPercent)}`,
    `buy and hold ${optional(metrics.buy_and_hold_return, signedPercent)}`,
    `Sharpe ${optional(metrics.sharpe, (value) => decimal(value))}`,
    `drawdown ${optional(metrics.max_drawdown, (value) => percent(value))}`,
    count(metrics.trades ?? 0, "trade"),
  ].join(", ");
}

function gainText(windows: readonly WalkForwardWindow[], gaining: number): string {
  return `${decimal(gaining, 0)} of ${count(windows.length, "test window")} gained`;
}

function luckText(probability: number | null): string {
  return probability === null
    ? "its returns do not vary"
    : `the true Sharpe ratio is above 0 with a probability of ${percent(probability, 1)}`;
}

function valueText(metric: string, value: number | null): string {
  if (value === null) return UNDEFINED_VALUE;
  const unit = METRICS.find(({ name }) => name === metric)?.unit;
  return unit?.startsWith("fraction") ? percent(value) : plain(Number(value.toPrecision(3)));
}

function optional(value: number | null | undefined, text: (value: number) => string): string {
  return value === null || value === undefined ? UNDEFINED_VALUE : text(value);
}

function paramText(value: number | string | undefined): string {
  if (value === undefined) return UNDEFINED_VALUE;
  return typeof value === "number" ? plain(value) : escapeTerminal(value);
}

/** The end of a long name, as of a pointer, which tells more than its beginning. */
function short(name: string): string {
  const safe = escapeTerminal(name);
  return safe.length <= 24 ? safe : `…${safe.slice(-23)}`;
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
