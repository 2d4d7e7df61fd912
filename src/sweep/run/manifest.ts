import { createHash } from "node:crypto";
import { version as VERSION } from "../../../package.json";
import { printCore } from "../../dsl/text/check/index.ts";
import type { BacktestOptions } from "../../program/backtest.ts";
import { isScriptProgram } from "../../program/script-program.ts";
import type { Interval } from "../../vector/interval.ts";
import type { Job, SweptStrategy } from "../jobs/job.ts";
import { windowText } from "../jobs/windows.ts";

/** A strategy of a sweep, with all that is needed to run it again. */
export interface ManifestStrategy {
  readonly name: string;
  readonly language: "json" | "text";
  /** The checked document with parameters in place of the numbers that were swept by pointer; null for a script. */
  readonly document: unknown;
  /** The text of a script, where it is known. */
  readonly text: string | null;
  /** Parameters in order of declaration, and what the numbers of labelled ones stand for. */
  readonly params: readonly { readonly name: string; readonly labels: readonly string[] | null }[];
  /** The values that each swept parameter takes. */
  readonly axes: Readonly<Record<string, unknown>>;
  readonly where: readonly string[];
}

/** What one job ran on. */
export interface ManifestJob {
  readonly strategy: number;
  readonly source: string;
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly interval: Interval | null;
  readonly intervalNamed: boolean;
  readonly asked: Interval | null;
  /** Epoch ms, the end excluded. */
  readonly window: { readonly from: number; readonly to: number } | null;
  /** SHA-256 of the bars that were read. */
  readonly fingerprint: string;
  readonly bars: number;
}

/** What the results of a sweep depend on, as plain JSON. */
export interface Manifest {
  readonly format: 1;
  readonly swymc: string;
  readonly strategies: readonly ManifestStrategy[];
  readonly jobs: readonly ManifestJob[];
  /** Options of the runs: those that were given. */
  readonly options: BacktestOptions;
  readonly search: string;
  readonly samples: number | null;
  readonly seed: number | null;
  readonly objective: string;
  /** The metrics of the rows, where not all of them. */
  readonly metrics?: readonly string[];
}

export interface ManifestParts {
  readonly strategies: readonly SweptStrategy[];
  readonly texts: readonly (string | null)[];
  readonly jobs: readonly Job[];
  readonly options: BacktestOptions;
  readonly search: string;
  readonly samples: number | null;
  readonly seed: number | null;
  readonly objective: string;
  readonly metrics: readonly string[] | null;
}

export function manifestOf(parts: ManifestParts): Manifest {
  const { strategies, texts, jobs, options, search, samples, seed, objective, metrics } = parts;
  return {
    format: 1,
    swymc: VERSION,
    strategies: strategies.map(({ name, program, space }, k) => ({
      name,
      language: isScriptProgram(program) ? "text" : "json",
      document: isScriptProgram(program) ? null : program.document,
      text: isScriptProgram(program) ? (texts[k] ?? printCore(program.core)) : null,
      params: space.params.map(({ name, labels }) => ({ name, labels })),
      axes: Object.fromEntries(space.axes.map(({ name, values }) => [name, values])),
      where: space.where.map(({ text }) => text),
    })),
    jobs: jobs.map(({ strategy, series, window, setting }) => ({
      ...{ strategy: strategies.indexOf(strategy), ...series },
      fingerprint: series.fingerprint(),
      ...{ window, bars: setting.bars.time.length },
    })),
    options,
    ...{ search, samples, seed, objective, ...(metrics && { metrics }) },
  };
}

/** SHA-256 of what the results depend on: the same for the same trials. */
export function manifestKey(manifest: Manifest): string {
  return createHash("sha256")
    .update(JSON.stringify(identity(manifest)))
    .digest("hex");
}

/** What differs between two manifests, in words; none where their trials are the same. */
export function changesBetween(before: Manifest, now: Manifest): string[] {
  const [a, b] = [identity(before), identity(now)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((label) => a[label] !== b[label])
    .map((label) => `${label} was ${a[label] ?? "not there"} and is ${b[label] ?? "not there"}`);
}

/** Everything that decides the rows, by what people call it. */
function identity(manifest: Manifest): Record<string, string> {
  const parts: Record<string, string> = { "the version of swymc": manifest.swymc };
  const { search, samples, seed, objective, options } = manifest;
  parts["the search"] = [search, samples, seed].filter((part) => part !== null).join(" ");
  if (search === "halving") parts["the objective"] = objective;
  parts["the list of metrics"] = manifest.metrics?.join(", ") ?? "all";
  for (const { name, document, text, axes, where } of manifest.strategies) {
    parts[`the strategy ${name}`] = short(JSON.stringify([document, text]));
    parts[`the condition of ${name}`] = where.join(" and ") || "none";
    for (const [axis, values] of Object.entries(axes)) {
      parts[`the parameter ${axis} of ${name}`] = valuesText(values);
    }
  }
  for (const [name, value] of Object.entries(options))
    parts[`the setting ${name}`] = JSON.stringify(value);
  const order = manifest.jobs.map((job) => [job.strategy, job.source, job.symbol, job.interval]);
  parts["the order of the series"] = short(JSON.stringify(order));
  const windows = manifest.jobs.map(({ window }) => (window === null ? "all" : windowText(window)));
  parts["the windows"] = [...new Set(windows)].join(", ");
  for (const { source, symbol, interval, fingerprint } of manifest.jobs) {
    const name = [source, symbol, interval].filter((part) => part !== null).join(" ");
    parts[`the data of ${name}`] = fingerprint.slice(0, 16);
  }
  return parts;
}

function valuesText(values: unknown): string {
  const text = JSON.stringify(values);
  return text.length <= 80 ? text : `${text.slice(0, 60)}… (${short(text)})`;
}

function short(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
