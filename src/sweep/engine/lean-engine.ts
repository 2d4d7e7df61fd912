import type { Program } from "../../program/program.ts";
import { COLUMNS } from "../../vector/columns.ts";
import { CHUNK, GIVEN_UP } from "../../vector/wasm/layout.ts";
import { Batch } from "./batch.ts";
import { finished, type Steps, type SweepEngine, type SweepSetting } from "./engine.ts";
import { exitColumns } from "./exit-plan.ts";
import { RowWriter } from "./finish-row.ts";
import { PackForms } from "./indicator-form.ts";
import { graphOf } from "./last-graphs.ts";
import { type LeanPlan, leanPlan } from "./lean-plan.ts";
import { closePack, openPack, type Pack } from "./pack.ts";
import { SWEEP_METRICS } from "./sweep-metrics.ts";
import type { TrialGraph } from "./trial-graph.ts";
import { WholeRuns } from "./whole-runs.ts";

/** Bytes that a batch may take beside the bars; more is run in parts. */
export const BATCH_BYTES = 192 * 2 ** 20;

/**
 * Trials of rules chunk by chunk in the pack: what several trials use is computed once per chunk, and each trial jumps
 * from event to event. What the pack does not do, a whole run does.
 *
 * @returns null where the strategy, its settings or the prices are such that only whole runs will do
 */
export function leanEngine(
  program: Program,
  setting: SweepSetting,
  kind: "wasm" | "js",
): SweepEngine | null {
  const lean = leanPlan(program.plan, setting);
  return lean && new LeanEngine(program, setting, lean, kind);
}

class LeanEngine implements SweepEngine {
  readonly kind: "wasm" | "js";
  readonly #setting: SweepSetting;
  readonly #lean: LeanPlan;
  readonly #forms: PackForms;
  readonly #runs: WholeRuns;
  readonly #rows: RowWriter;
  readonly #params: number;
  /** Columns of the bars that anything reads. */
  readonly #used: readonly number[];
  #pack: Pack | null = null;
  #back = 0;

  constructor(program: Program, setting: SweepSetting, lean: LeanPlan, kind: "wasm" | "js") {
    this.kind = kind;
    this.#setting = setting;
    this.#lean = lean;
    this.#forms = new PackForms(setting.bars, lean.dialect);
    this.#runs = new WholeRuns(program, setting);
    this.#rows = new RowWriter(setting);
    this.#params = program.params.length;
    this.#used = usedColumns(lean, setting);
  }

  run(params: Float64Array, count: number, out: Float64Array): void {
    finished(this.steps(params, count, out));
  }

  *steps(params: Float64Array, count: number, out: Float64Array): Steps {
    if (count === 0) return;
    const graph = graphOf(this.#lean, params.subarray(0, count * this.#params), count);
    const width = SWEEP_METRICS.length;
    const batch = new Batch(this.#lean, this.#setting, graph, this.#forms, this.#used, count);
    if (batch.bytes > BATCH_BYTES && count > 1) {
      const half = count >> 1;
      yield* this.steps(params, half, out);
      const rest = params.subarray(half * this.#params, count * this.#params);
      yield* this.steps(rest, count - half, out.subarray(half * width));
      return;
    }
    const pack = this.#open(batch);
    const { ints, floats } = batch.write(pack.buffer);
    yield* this.#runChunks(pack, batch, graph, floats);
    for (let trial = 0; trial < count; trial++) {
      const record = batch.record(trial);
      const given = graph.whole[trial] === 1 || (ints[record >>> 2]! & GIVEN_UP) !== 0;
      if (given) {
        this.#runs.run(params, trial, out);
        yield;
      } else this.#rows.write(ints, floats, record, out, trial * width);
    }
  }

  release(): void {
    if (this.#pack !== null) closePack(this.#pack, this.kind);
    this.#pack = null;
  }

  *#runChunks(pack: Pack, batch: Batch, graph: TrialGraph, floats: Float64Array): Steps {
    const { length } = this.#setting.bars.close;
    const { ops, opCount, trials, count, recordBytes, foreign } = batch;
    const width = this.#lean.plan.scalars.length;
    this.#runs.columns.nextTrial();
    const columns = foreign.map(({ trial, column }) => {
      const scalars = graph.scalars.subarray(trial * width, (trial + 1) * width);
      return this.#runs.columns.column(column, scalars);
    });
    for (let from = 0; from < length; from += CHUNK) {
      const to = Math.min(length, from + CHUNK);
      foreign.forEach(({ at, back }, k) => {
        const place = at >>> 3;
        if (from > 0) floats.copyWithin(place - back, place - back + CHUNK, place + CHUNK);
        floats.set(columns[k]!.subarray(from, to), place);
      });
      pack.runChunk(ops, opCount, trials, count, recordBytes, from, to - from);
      yield;
    }
  }

  /** A pack with room for a batch; the bars stand where they stood. */
  #open(batch: Batch): Pack {
    const known = this.#pack;
    if (known && known.buffer.byteLength >= batch.end && this.#back === batch.back) return known;
    this.release();
    const pack = openPack(batch.end, this.kind);
    const floats = new Float64Array(pack.buffer);
    for (const used of this.#used) {
      const at = batch.columns[used]! >>> 3;
      const column = this.#setting.bars[COLUMNS[used]!];
      floats.fill(Number.NaN, at - batch.back, at);
      floats.set(column, at);
      // Vectors of the last chunk reach beyond the last bar.
      floats.fill(0, at + column.length, at + column.length + CHUNK);
    }
    this.#pack = pack;
    this.#back = batch.back;
    return pack;
  }
}

function usedColumns({ plan, exits }: LeanPlan, { settings }: SweepSetting): readonly number[] {
  const used = new Set([COLUMNS.indexOf("close")]);
  if (settings.fill !== "close") used.add(COLUMNS.indexOf("open"));
  for (const column of exitColumns(exits)) used.add(column);
  for (const step of plan.steps) {
    if (step.kind === "indicator") for (const source of step.sources) used.add(source);
    else {
      for (const each of step.tape.instructions) if (each.op === "load") used.add(each.column);
    }
  }
  return [...used].filter((column) => column < COLUMNS.length).sort((a, b) => a - b);
}
