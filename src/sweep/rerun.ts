import { fingerprint } from "../data/fingerprint.ts";
import { type Dataset, type LoadOptions, loadDataset } from "../data/index.ts";
import { fail, SwymcError } from "../diagnostics/index.ts";
import type { CheckedDocument } from "../dsl/document.ts";
import {
  type Backtest,
  type BacktestOptions,
  backtest,
  loadOptionsOf,
} from "../program/backtest.ts";
import type { Program } from "../program/program.ts";
import type { ScriptProgram } from "../program/script-program.ts";
import { cutDataset } from "./jobs/make-jobs.ts";
import type { Window } from "./jobs/windows.ts";
import { type ReadRow, type ResultCells, readResultRow } from "./read-results.ts";
import { columnOf } from "./rows/columns.ts";
import type { Manifest, ManifestJob, ManifestStrategy } from "./run/manifest.ts";
import { programOf } from "./run/program-of.ts";

export interface Rerun extends Backtest {
  readonly program: Program | ScriptProgram;
  /** The strategy's name in the results. */
  readonly strategy: string;
  readonly cells: ResultCells;
}

/** Runs one row of results again, as a whole backtest, on the same bars. `compileText` compiles scripts. */
export async function rerunRow(
  path: string,
  row: number,
  compileText: CompileText,
): Promise<Rerun> {
  const { metadata, cells }: ReadRow = await readResultRow(path, row);
  return new Reruns(path, metadata.manifest, compileText).run(cells);
}

export type CompileText = (text: string) => Promise<ScriptProgram>;

/** Runs rows of one file of results again; programs and bars are made once. */
export class Reruns {
  readonly #path: string;
  readonly #manifest: Manifest;
  readonly #compileText: CompileText;
  readonly #programs = new Map<ManifestStrategy, Program | ScriptProgram>();
  readonly #datasets = new Map<ManifestJob, Dataset>();

  constructor(path: string, manifest: Manifest, compileText: CompileText) {
    this.#path = path;
    this.#manifest = manifest;
    this.#compileText = compileText;
  }

  async run(cells: ResultCells): Promise<Rerun> {
    const manifest = this.#manifest;
    const strategy = manifest.strategies.find(({ name }) => name === plainText(cells["strategy"]));
    if (strategy === undefined)
      return fail("sweep_results", { path: this.#path, reason: "a strategy is missing" });
    const program = await this.#program(strategy);
    const job = jobOf(this.#path, manifest, strategy, cells);
    const options: BacktestOptions = {
      ...manifest.options,
      ...(job.symbol === null ? {} : { symbol: job.symbol }),
      ...(job.intervalNamed && job.interval !== null ? { interval: job.interval } : {}),
      params: { ...manifest.options.params, ...paramsOf(strategy, cells) },
    };
    const dataset = await this.#dataset(job, program, options);
    const window = windowOf(cells["window"]);
    const shown = { ...options, ...(window ?? {}) };
    const cut: Dataset = window === null ? dataset : cutDataset(dataset, window, job.asked);
    const run = backtest(program, cut, shown);
    return { ...run, program, strategy: strategy.name, cells };
  }

  async #program(strategy: ManifestStrategy): Promise<Program | ScriptProgram> {
    const known = this.#programs.get(strategy);
    if (known !== undefined) return known;
    const program =
      strategy.language === "text"
        ? await this.#compileText(strategy.text ?? "")
        : await programOf({ kind: "rules", document: strategy.document as CheckedDocument });
    this.#programs.set(strategy, program);
    return program;
  }

  async #dataset(
    job: ManifestJob,
    program: Program | ScriptProgram,
    options: BacktestOptions,
  ): Promise<Dataset> {
    const known = this.#datasets.get(job);
    if (known !== undefined) return known;
    const load = { ...loadOptionsOf(program, options), ...hull(this.#manifest) };
    const dataset = await loaded(job.source, load);
    if (dataset.state !== "ok" && dataset.reason !== null) throw new SwymcError([dataset.reason]);
    if (fingerprint(dataset.bars) !== job.fingerprint)
      fail("sweep_data_changed", { source: job.source });
    this.#datasets.set(job, dataset);
    return dataset;
  }
}

async function loaded(source: string, load: LoadOptions): Promise<Dataset> {
  try {
    return await loadDataset(source, load);
  } catch (error) {
    const missing = error instanceof SwymcError && error.diagnostics[0]?.code === "file_not_found";
    if (missing) fail("sweep_data_missing", { source });
    throw error;
  }
}

function jobOf(
  path: string,
  manifest: Manifest,
  strategy: ManifestStrategy,
  cells: ResultCells,
): ManifestJob {
  const at = manifest.strategies.indexOf(strategy);
  const same = (job: ManifestJob) =>
    job.strategy === at &&
    job.source === plainText(cells["source"]) &&
    (job.symbol ?? "") === (plainText(cells["symbol"]) ?? "");
  const jobs = manifest.jobs.filter(same);
  const job = jobs.find(({ interval }) => interval === cells["interval"]) ?? jobs[0];
  return job ?? fail("sweep_results", { path, reason: "its bars are not told" });
}

/** The values of the swept parameters in a row. */
function paramsOf({ params, axes }: ManifestStrategy, cells: ResultCells) {
  const values = params
    .filter(({ name }) => Object.hasOwn(axes, name))
    .map(({ name, labels }) => {
      const value = cells[columnOf(name)];
      return [name, labels === null ? Number(value) : String(value ?? "")] as const;
    });
  return Object.fromEntries(values);
}

/** The span that was read for all windows. */
function hull(manifest: Manifest): Partial<Window> {
  const windows = manifest.jobs.flatMap(({ window }) => (window === null ? [] : [window]));
  if (windows.length === 0) return {};
  return {
    from: Math.min(...windows.map(({ from }) => from)),
    to: Math.max(...windows.map(({ to }) => to)),
  };
}

function windowOf(cell: ResultCells[string] | undefined): Window | null {
  if (typeof cell !== "string" || cell === "") return null;
  const [from, to] = cell.split("/").map((text) => Date.parse(text)) as [number, number];
  return { from, to };
}

/** A CSV guards text that a spreadsheet would run as a formula by an apostrophe. */
export function plainText(cell: ResultCells[string] | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  return String(cell).replace(/^'(?=[=+\-@\t\r])/, "");
}
