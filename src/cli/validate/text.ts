import { escapeTerminal } from "../../diagnostics/index.ts";
import { alignedTable } from "../../report/aligned-table.ts";
import { type Ansi, ansi } from "../../report/ansi.ts";
import {
  count,
  decimal,
  percent,
  plain,
  signedPercent,
  UNDEFINED_VALUE,
} from "../../report/format.ts";
import type { BacktestResult } from "../../report/index.ts";
import {
  type Finding,
  robustnessFindings,
  verdictFindings,
} from "../../report/validation/findings.ts";
import type { RunValidation } from "../../report/validation/validate-run.ts";

/** A verdict for people: it, its reasons, what the run came to, and the figures of the verdict with their meanings. */
export function validationText(
  found: RunValidation,
  { metrics }: Pick<BacktestResult, "metrics">,
  about: string,
  { color }: { readonly color: boolean },
): string {
  const paint = ansi(color);
  const { verdict } = found;
  const level = `${verdict.level[0]!.toUpperCase()}${verdict.level.slice(1)}`;
  // The verdict and the reasons stand above already.
  const findings = [...verdictFindings(found).slice(1, -1), ...robustnessFindings(found)];
  return [
    `${LEVEL_PAINT[verdict.level](paint)(paint.bold(`${level}.`))} ${verdict.summary}`,
    ...verdict.reasons.map((reason) => `- ${reason}`),
    "",
    paint.bold(escapeTerminal(about)),
    metrics === null ? "" : metricsText(metrics, found),
    "",
    ...findingLines(findings, paint),
    ...ruinLines(found, paint),
    "",
  ].join("\n");
}

const LEVEL_PAINT: Readonly<Record<RunValidation["verdict"]["level"], (p: Ansi) => Ansi["bold"]>> =
  {
    supported: ({ green }) => green,
    weak: ({ yellow }) => yellow,
    unsupported: ({ red }) => red,
    undetermined: ({ yellow }) => yellow,
  };

function metricsText(
  metrics: NonNullable<BacktestResult["metrics"]>,
  { bars, closed_trades }: RunValidation,
): string {
  const optional = (value: number | null, text: (value: number) => string) =>
    value === null ? UNDEFINED_VALUE : text(value);
  return [
    `return ${optional(metrics.total_return, signedPercent)}`,
    `buy and hold ${optional(metrics.buy_and_hold_return, signedPercent)}`,
    `Sharpe ${optional(metrics.sharpe, (value) => decimal(value))}`,
    `drawdown ${optional(metrics.max_drawdown, (value) => percent(value))}`,
    count(closed_trades, "closed trade"),
    count(bars, "bar"),
  ].join(", ");
}

function findingLines(findings: readonly Finding[], paint: Ansi): string[] {
  const width = (of: (one: Finding) => string) => Math.max(...findings.map((f) => of(f).length));
  const [labels, values] = [width(({ label }) => label), width(({ value }) => value)];
  const tones = { good: paint.green, bad: paint.red, neutral: (text: string) => text };
  return findings.map(
    ({ label, value, meaning, tone }) =>
      `  ${label.padEnd(labels)}  ${tones[tone](value.padStart(values))}  ${paint.dim(meaning)}`,
  );
}

function ruinLines({ ruin }: RunValidation, paint: Ansi): string[] {
  if (ruin === null) return [];
  const [head, ...rows] = alignedTable([
    ["stake", ...ruin.levels.map((level) => `to ${percent(level, 0)}`)],
    ...ruin.stakes.map((stake, s) => [
      `${plain(Number((100 * stake).toPrecision(3)))} %`,
      ...ruin.risk[s]!.map((risk) => (risk === null ? UNDEFINED_VALUE : percent(risk, 1))),
    ]),
  ]);
  const title = "Risk of ever falling to a share of equity, by what the average lost trade costs:";
  return ["", title, paint.dim(head!), ...rows];
}
