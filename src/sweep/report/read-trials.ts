import { type Objective, objectiveColumns } from "../online/objective.ts";
import { plainText } from "../rerun.ts";
import type { ResultTable } from "../result-table.ts";
import { columnOf } from "../rows/columns.ts";
import type { Metadata } from "../rows/metadata.ts";
import { RUNGS } from "../run/stages.ts";

/** What a page is chosen from: one value per trial of the results; of a halving those of its last rung. */
export interface ReadTrials {
  readonly trial: Float64Array;
  readonly score: Float64Array;
  readonly value: Float64Array;
  /** Which job, from 0. */
  readonly job: Int32Array;
  readonly jobs: readonly { readonly strategy: string; readonly label: string }[];
  /** Swept parameters of all strategies, and their values; na in a strategy without it. */
  readonly params: readonly TrialParam[];
}

export interface TrialParam {
  readonly name: string;
  readonly values: Float64Array;
  /** What its values stand for, by place; null where they are themselves. */
  readonly labels: readonly string[] | null;
}

const PLACES = ["strategy", "source", "symbol", "interval", "window"] as const;

/** Columns of results that hold words. */
export function textColumns({ manifest }: Metadata): Set<string> {
  const labelled = manifest.strategies.flatMap(({ params, axes }) =>
    params.filter(({ name, labels }) => labels !== null && Object.hasOwn(axes, name)),
  );
  return new Set([...labelled.map(({ name }) => columnOf(name)), ...PLACES]);
}

export async function readTrials(
  table: ResultTable,
  { manifest }: Metadata,
  objective: Objective,
): Promise<ReadTrials> {
  const own = objectiveColumns(objective);
  const names = [...new Set(manifest.strategies.flatMap(({ axes }) => Object.keys(axes)))];
  const halving = manifest.search === "halving" ? ["rung"] : [];
  const placed = manifest.jobs.length > 1 ? PLACES : [];
  const columns = await table.numbers([
    ...["trial", ...names.map(columnOf)],
    ...[...placed, ...own.names, ...halving],
  ]);
  const rung = halving.length > 0 ? columns.at(-1)! : null;
  const kept = rung === null ? columns : columns.map((c) => c.filter((_, k) => rung[k] === RUNGS));
  const [trial, ...rest] = kept as [Float64Array, ...Float64Array[]];
  const metrics = rest.slice(names.length + placed.length);
  const { job, jobs } = await jobsOf(
    table,
    trial,
    rest.slice(names.length, names.length + placed.length),
  );
  return {
    trial,
    score: trial.map((_, k) => own.score(metrics, k)),
    value: trial.map((_, k) => own.value(metrics, k)),
    job,
    jobs,
    params: await Promise.all(
      names.map(async (name, k) => {
        const labelled = manifest.strategies.some(({ params }) =>
          params.some((param) => param.name === name && param.labels !== null),
        );
        if (!labelled) return { name, values: rest[k]!, labels: null };
        return { name, ...(await wordsOf(table, trial, rest[k]!, columnOf(name))) };
      }),
    ),
  };
}

/** Trials with the same places are of one job; its words come from its first row. */
async function jobsOf(
  table: ResultTable,
  trial: Float64Array,
  places: readonly Float64Array[],
): Promise<Pick<ReadTrials, "job" | "jobs">> {
  const known = new Map<string, number>();
  const first: number[] = [];
  const job = Int32Array.from(trial, (number, k) => {
    const key = places.map((place) => place[k]).join();
    const found = known.get(key) ?? known.size;
    if (found === known.size) {
      known.set(key, found);
      first.push(number);
    }
    return found;
  });
  const cells = await table.rows(first);
  const words = cells.map((row) => PLACES.map((name) => plainText(row[name]) ?? ""));
  const varying = PLACES.filter((_, p) => new Set(words.map((row) => row[p])).size > 1);
  const label = (row: readonly string[]) =>
    PLACES.map((name, p) => ((varying as string[]).includes(name) ? row[p] : ""))
      .filter((word) => word !== "")
      .join(" · ");
  return { job, jobs: words.map((row) => ({ strategy: row[0]!, label: label(row) })) };
}

/** Texts come as places in order, of which each format has its own: their words are looked up. */
async function wordsOf(
  table: ResultTable,
  trial: Float64Array,
  ranks: Float64Array,
  column: string,
): Promise<Pick<TrialParam, "values" | "labels">> {
  const first = new Map<number, number>();
  ranks.forEach((rank, k) => {
    if (!first.has(rank)) first.set(rank, trial[k]!);
  });
  const order = [...first.keys()].sort((a, b) => a - b);
  const cells = await table.rows(order.map((rank) => first.get(rank)!));
  const places = new Map(order.map((rank, place) => [rank, place]));
  const word = (k: number) => cells[k]![column] ?? null;
  return {
    values: ranks.map((rank) =>
      word(places.get(rank)!) === null ? Number.NaN : places.get(rank)!,
    ),
    labels: order.map((_, k) => plainText(word(k)) ?? ""),
  };
}
