import {
  CHUNK,
  COLUMN_BYTES,
  EMA_BYTES,
  OP_ARITHMETIC,
  OP_BLEND,
  OP_EMA,
  OP_EXTREME,
  OP_LEVELS,
  OP_PREFIX,
  OP_RSI,
  OP_SMA,
  RSI_BYTES,
  WHOLE_A,
  WHOLE_B,
} from "../../vector/wasm/layout.ts";
import type { ChunkLayout } from "./chunk-layout.ts";
import type { PackForm, PackForms } from "./indicator-form.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { NODE, type NodeTable } from "./node-table.ts";
import type { TrialGraph } from "./trial-graph.ts";

type FormOf<Kind extends PackForm["kind"]> = Extract<PackForm, { kind: Kind }>;

/** What several windows over a source share, and the longest of them. */
interface Table {
  at: number;
  back: number;
}

/** Lays out the columns of a batch. */
export class ChunkColumns {
  readonly #lean: LeanPlan;
  readonly #graph: TrialGraph;
  readonly #nodes: NodeTable;
  readonly #layout: ChunkLayout;
  /** Of calls; null where the indicator's own kernel makes whole columns. */
  readonly #forms: (PackForm | null)[] = [];
  readonly #prefixes = new Map<number, Table>();
  readonly #levels = new Map<string, Table>();
  /** Calls of exponential averages, by source. */
  readonly #averages = new Map<number, number[]>();

  constructor(lean: LeanPlan, graph: TrialGraph, forms: PackForms, layout: ChunkLayout) {
    this.#lean = lean;
    this.#graph = graph;
    this.#nodes = graph.nodes;
    this.#layout = layout;
    const { kind, size } = graph.nodes;
    for (let id = 0; id < size; id++) if (kind[id] === NODE.call) this.#survey(id, forms);
  }

  /** Gives a column node its place, and the operations that fill it. */
  place(id: number): void {
    const { kind, a, b, c, values } = this.#nodes;
    const { at, whole, columns, presets, space } = this.#layout;
    switch (kind[id]) {
      case NODE.bar:
        at[id] = columns[a[id]!]!;
        whole[id] = 1;
        return;
      case NODE.constant:
        at[id] = space.take(COLUMN_BYTES);
        presets.push({ at: at[id]!, floats: [values[a[id]!]!], repeat: CHUNK });
        return;
      case NODE.shift:
        at[id] = at[a[id]!]! - 8 * b[id]!;
        whole[id] = whole[a[id]!]!;
        return;
      case NODE.output:
        this.#output(id);
        return;
      case NODE.arithmetic: {
        const [x, y] = [a[id]!, b[id]!];
        at[id] = this.#layout.column(id);
        const flags = wholeFlags(this.#layout, x, y);
        this.#layout.op(OP_ARITHMETIC, at[id]!, at[x]!, at[y]!, 0, 0, flags, c[id]!);
      }
    }
  }

  /** The form of a call, and how long the windows over its source are. */
  #survey(call: number, forms: PackForms): void {
    const form = this.#formOf(call, forms);
    this.#forms[call] = form;
    if (form?.kind === "sma") widen(this.#prefixes, form.source, form.period);
    if (form?.kind === "extreme") widen(this.#levels, `${form.source} ${form.sign}`, form.period);
    if (form?.kind === "ema") {
      const calls = this.#averages.get(form.source) ?? [];
      calls.push(call);
      this.#averages.set(form.source, calls);
    }
  }

  #formOf(call: number, forms: PackForms): PackForm | null {
    const { a, b, c, kind, values } = this.#nodes;
    const step = this.#lean.plan.steps[this.#graph.stepOf[call]!]!;
    if (step.kind !== "indicator" || step.sources.length !== 1) return null;
    let list = b[call]!;
    const source = a[list]!;
    if (kind[source] !== NODE.bar) return null;
    const params: number[] = [];
    for (let k = 0; k < step.params.length; k++) {
      list = b[list]!;
      if (c[list] === 1) params.unshift(values[a[list]!]!);
    }
    return forms.of(step.name, a[source]!, params);
  }

  #output(id: number): void {
    const form = this.#forms[this.#nodes.a[id]!] ?? null;
    if (form?.kind === "ema") {
      if (this.#layout.at[id] === 0) this.#emas(form.source);
      return;
    }
    const out = this.#layout.column(id, form !== null);
    this.#layout.at[id] = out;
    if (form === null) this.#foreign(id, out);
    else if (form.kind === "sma") this.#sma(form, out);
    else if (form.kind === "rsi") this.#rsi(form, out);
    else this.#extreme(form, out);
  }

  #foreign(id: number, at: number): void {
    const { a, b, owner } = this.#nodes;
    const call = a[id]!;
    const step = this.#lean.plan.steps[this.#graph.stepOf[call]!]!;
    if (step.kind !== "indicator") throw new Error("only indicators have outputs");
    const [trial, column] = [owner[call]!, step.outputs[b[id]!]!];
    this.#layout.foreign.push({ at, back: this.#layout.back[id]!, trial, column });
  }

  #sma({ source, split, period }: FormOf<"sma">, out: number): void {
    const { at, back } = this.#prefix(source, split);
    this.#layout.op(OP_SMA, out, at, 0, period, 0, 0, back);
  }

  #rsi({ source, period, seedBar, up, down, flat }: FormOf<"rsi">, out: number): void {
    const { presets, space, columns } = this.#layout;
    const state = space.take(RSI_BYTES);
    presets.push({ at: state, ints: [period, seedBar] });
    presets.push({ at: state + 8, floats: [up, down, flat] });
    this.#layout.op(OP_RSI, out, columns[source]!, 0, state);
  }

  #extreme({ source, period, sign }: FormOf<"extreme">, out: number): void {
    const { at, back } = this.#tables(source, sign);
    let power = 1;
    let level = 0;
    for (; 2 * power <= period; power *= 2) level++;
    const table = at + 8 * level * (back + CHUNK);
    this.#layout.op(OP_EXTREME, out, table, period, power, sign, 0, back);
  }

  /** All exponential averages of a source, side by side, at the first of them. */
  #emas(source: number): void {
    const { at, columns, presets, space } = this.#layout;
    const calls = this.#averages.get(source)!;
    const first = this.#forms[calls[0]!] as FormOf<"ema">;
    const entries = space.take(EMA_BYTES * calls.length);
    const outputs = new Map<number, number>();
    const { kind, a, size } = this.#nodes;
    for (let id = 0; id < size; id++)
      if (kind[id] === NODE.output && this.#forms[a[id]!]?.kind === "ema") outputs.set(a[id]!, id);
    calls.forEach((call, k) => {
      const form = this.#forms[call]!;
      if (form.kind !== "ema") throw new Error("only averages stand side by side");
      const id = outputs.get(call)!;
      at[id] = this.#layout.column(id);
      const entry = entries + EMA_BYTES * k;
      presets.push({ at: entry, ints: [at[id]!, columns[source]!, 1, form.seedBar] });
      presets.push({ at: entry + 16, floats: [form.k, form.seed, form.seed] });
    });
    const code = first.blends ? OP_BLEND : OP_EMA;
    this.#layout.op(code, 0, entries, 0, 0, 0, 0, calls.length);
  }

  /** Running sums of a source, for all its simple averages. */
  #prefix(source: number, split: number): Table {
    const { columns, presets, space } = this.#layout;
    const prefix = this.#prefixes.get(source)!;
    if (prefix.at === 0) {
      prefix.at = space.take(16 * (prefix.back + CHUNK + 1));
      const place = space.take(8);
      presets.push({ at: place, floats: [split] });
      this.#layout.op(OP_PREFIX, prefix.at, columns[source]!, 0, place, 0, 0, prefix.back);
    }
    return prefix;
  }

  /** Extremes of 2^k bars of a source, for all its windows. */
  #tables(source: number, sign: number): Table {
    const { columns, space } = this.#layout;
    const tables = this.#levels.get(`${source} ${sign}`)!;
    if (tables.at === 0) {
      const levels = 32 - Math.clz32(tables.back);
      // One pair of values may be written past the end.
      tables.at = space.take(8 * levels * (tables.back + CHUNK) + 16);
      this.#layout.op(OP_LEVELS, tables.at, columns[source]!, 0, levels, sign, 0, tables.back);
    }
    return tables;
  }
}

/** Which of the operands of an operation are columns of all bars. */
export function wholeFlags({ whole }: ChunkLayout, a: number, b: number): number {
  return (whole[a] === 1 ? WHOLE_A : 0) | (whole[b] === 1 ? WHOLE_B : 0);
}

function widen<K>(map: Map<K, Table>, key: K, period: number): void {
  // An even number keeps pairs of values together.
  const back = (period + 1) & ~1;
  const known = map.get(key);
  if (known === undefined) map.set(key, { at: 0, back });
  else known.back = Math.max(known.back, back);
}
