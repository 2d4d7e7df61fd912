import type { Dialect } from "../../vector/kernel.ts";
import { HITS_BYTES, HITS_HEAD } from "../../vector/wasm/exit-layout.ts";
import {
  ARMED,
  CHUNK,
  COLUMN_BYTES,
  CONSTANT,
  CROSS_BYTES,
  EMA_BYTES,
  LAST_DEFINED,
  LAST_NON_ZERO,
  LISTED_MASK_BYTES,
  MASK_BYTES,
  OP_AND,
  OP_ARITHMETIC,
  OP_BYTES,
  OP_CLEAR,
  OP_COMPARE,
  OP_CROSS,
  OP_EMA,
  OP_EXTREME,
  OP_HISTORY,
  OP_LEVELS,
  OP_OR,
  OP_PREFIX,
  OP_RELATE,
  OP_RSI,
  OP_SCALES,
  OP_SHADOW,
  OP_SMA,
  OP_SUMMARY,
  PREVIOUS_BAR,
  RELATION_BYTES,
  RSI_BYTES,
  SCALE_BYTES,
  SHADOW_BYTES,
  STRETCHES,
  WHOLE_A,
  WHOLE_B,
} from "../../vector/wasm/layout.ts";
import { comparedColumns } from "./compared-columns.ts";
import type { PackForm, PackForms } from "./indicator-form.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { NODE, type NodeTable } from "./node-table.ts";
import type { TrialGraph } from "./trial-graph.ts";

const MASK_OPS: Readonly<Record<number, number>> = {
  [NODE.compare]: OP_COMPARE,
  [NODE.cross]: OP_CROSS,
  [NODE.and]: OP_AND,
  [NODE.or]: OP_OR,
};

const MACHINES: Readonly<Record<Dialect, number>> = {
  tv: LAST_DEFINED,
  talib: LAST_DEFINED,
  backtrader: LAST_NON_ZERO,
  pandas: PREVIOUS_BAR,
  vectorbt: ARMED,
};

/** Bytes of a line of the cache. */
const LINE = 64;

/** Hands out memory: by multiples of 8, and more than a line of the cache by whole lines. */
export class Space {
  #next: number;

  constructor(from: number) {
    this.#next = from;
  }

  get end(): number {
    return this.#next;
  }

  take(bytes: number): number {
    if (bytes >= LINE) this.#next = (this.#next + LINE - 1) & -LINE;
    const at = this.#next;
    this.#next += (bytes + 7) & ~7;
    return at;
  }
}

/** Numbers to be written into the pack's memory once it is there. */
export interface Preset {
  readonly at: number;
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
  /** Writes the first of `floats` so many times. */
  readonly repeat?: number;
}

/** A column that the indicator's own kernel makes: copied in chunk by chunk. */
export interface Foreign {
  readonly at: number;
  /** Values of earlier bars that stand before it. */
  readonly back: number;
  readonly trial: number;
  /** Of the plan. */
  readonly column: number;
}

/**
 * Lays out what the trials of a batch compute: addresses for every shared column and mask, and the operations
 * that fill them. Masks of a single trial stand in scratch memory that all trials use in turn.
 */
export class ChunkProgram {
  /** Shared operations, eight numbers each. */
  readonly ops: number[] = [];
  readonly presets: Preset[] = [];
  readonly foreign: Foreign[] = [];
  /** Address of the result of a node; of a column of all bars where `whole` is 1. */
  readonly at: Int32Array;
  readonly whole: Uint8Array;
  readonly #lean: LeanPlan;
  readonly #graph: TrialGraph;
  readonly #nodes: NodeTable;
  readonly #forms: PackForms;
  readonly #space: Space;
  readonly #shadows: Int32Array;
  readonly #states: Int32Array;
  readonly #back: Int32Array;
  readonly #columns: readonly number[];
  readonly #callForms: (PackForm | null)[] = [];
  readonly #prefixes = new Map<number, { at: number; back: number }>();
  readonly #levels = new Map<string, { at: number; back: number }>();
  readonly #averages = new Map<number, number[]>();
  readonly #machine: number;

  /** @param columns addresses of the bars' columns */
  constructor(
    lean: LeanPlan,
    graph: TrialGraph,
    forms: PackForms,
    space: Space,
    columns: readonly number[],
    zeros: number,
    ones: number,
  ) {
    const { nodes } = graph;
    this.#lean = lean;
    this.#graph = graph;
    this.#nodes = nodes;
    this.#forms = forms;
    this.#space = space;
    this.#columns = columns;
    this.#machine = MACHINES[lean.dialect];
    this.at = new Int32Array(nodes.size);
    this.whole = new Uint8Array(nodes.size);
    this.#shadows = new Int32Array(nodes.size);
    this.#states = new Int32Array(nodes.size);
    this.#back = new Int32Array(nodes.size);
    this.#survey();
    for (let id = 0; id < nodes.size; id++) if (isColumn(nodes.kind[id]!)) this.#placeColumn(id);
    for (const group of comparedColumns(nodes)) this.#shadow(group);
    for (let id = 0; id < nodes.size; id++)
      if (!isColumn(nodes.kind[id]!)) this.#placeMask(id, zeros, ones);
  }

  /**
   * Writes the operation of a mask node, whose result goes to `out`, as eight numbers from place `k` on.
   * @param at where the masks of its operands stand
   */
  maskOp(id: number, out: number, at: Int32Array, to: number[] | Int32Array, k: number): void {
    const { kind, a, b, c } = this.#nodes;
    const x = a[id]!;
    const y = b[id]!;
    to[k + 1] = out;
    to[k + 7] = c[id]!;
    if (kind[id] === NODE.relation) {
      to[k] = OP_RELATE;
      to[k + 2] = this.at[x]!;
      to[k + 3] = this.at[y]!;
      to[k + 4] = this.#shadows[x]!;
      to[k + 5] = this.#shadows[y]!;
      to[k + 6] = this.#flags(x, y);
      return;
    }
    to[k] = MASK_OPS[kind[id]!]!;
    to[k + 2] = at[x]!;
    to[k + 3] = kind[id] === NODE.cross ? this.#states[id]! : at[y]!;
    to[k + 4] = this.#machine;
    to[k + 5] = 0;
    to[k + 6] = 0;
  }

  /** How far back each column is read, what the forms of calls are, and how long their windows. */
  #survey(): void {
    const { kind, a, b, size } = this.#nodes;
    for (let id = 0; id < size; id++) {
      if (kind[id] === NODE.shift) this.#back[a[id]!] = Math.max(this.#back[a[id]!]!, b[id]!);
      if (kind[id] !== NODE.call) continue;
      const form = this.#formOf(id);
      this.#callForms[id] = form;
      if (form?.kind === "sma") widen(this.#prefixes, form.source, form.period);
      if (form?.kind === "extreme") widen(this.#levels, `${form.source} ${form.sign}`, form.period);
      if (form?.kind === "ema") {
        const calls = this.#averages.get(form.source) ?? [];
        calls.push(id);
        this.#averages.set(form.source, calls);
      }
    }
  }

  #formOf(call: number): PackForm | null {
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
    return this.#forms.of(step.name, a[source]!, params);
  }

  #placeColumn(id: number): void {
    const { kind, a, b, c, values } = this.#nodes;
    switch (kind[id]) {
      case NODE.bar:
        this.at[id] = this.#columns[a[id]!]!;
        this.whole[id] = 1;
        return;
      case NODE.constant:
        this.at[id] = this.#space.take(COLUMN_BYTES);
        this.presets.push({ at: this.at[id]!, floats: [values[a[id]!]!], repeat: CHUNK });
        return;
      case NODE.shift:
        this.at[id] = this.at[a[id]!]! - 8 * b[id]!;
        this.whole[id] = this.whole[a[id]!]!;
        return;
      case NODE.output:
        this.#output(id);
        return;
      case NODE.arithmetic: {
        const [x, y] = [a[id]!, b[id]!];
        this.at[id] = this.#column(id);
        const flags = this.#flags(x, y);
        this.ops.push(OP_ARITHMETIC, this.at[id]!, this.at[x]!, this.at[y]!, 0, 0, flags, c[id]!);
      }
    }
  }

  #placeMask(id: number, zeros: number, ones: number): void {
    const { kind, a, shared } = this.#nodes;
    switch (kind[id]) {
      case NODE.truth:
        this.at[id] = a[id] === 1 ? ones : zeros;
        return;
      case NODE.cross:
        this.#states[id] = this.#space.take(CROSS_BYTES);
        this.presets.push({ at: this.#states[id]!, ints: [0, 0, 0, 0] });
        this.#mask(id, shared[id] === 1);
        return;
      case NODE.exit:
        if (shared[id] === 1) this.#hits(id);
        return;
      case NODE.relation:
      case NODE.compare:
      case NODE.and:
      case NODE.or:
        this.#mask(id, shared[id] === 1);
    }
  }

  /** Where an exit is hit for the entries at hand; forgotten with each chunk. */
  #hits(id: number): void {
    this.at[id] = this.#space.take(HITS_BYTES);
    this.ops.push(OP_CLEAR, this.at[id]!, 0, 0, 0, 0, 0, HITS_HEAD);
  }

  #mask(id: number, isShared: boolean): void {
    if (!isShared) return;
    const isListed = this.#graph.turns.listed[id] === 1;
    const bytes = maskBytes(this.#nodes.kind[id]!);
    this.at[id] = this.#space.take(isListed ? LISTED_MASK_BYTES : bytes);
    this.maskOp(id, this.at[id]!, this.at, this.ops, this.ops.length);
    if (isListed) this.ops.push(OP_SUMMARY, this.at[id]!, 0, 0, 0, 0, 0, 0);
  }

  /** Memory of a column of a chunk, with room for what is read of earlier bars. */
  #column(id: number, keeps = true): number {
    const back = this.#back[id]!;
    const start = this.#space.take(8 * back + COLUMN_BYTES);
    const at = start + 8 * back;
    if (back > 0) {
      this.presets.push({ at: start, floats: [Number.NaN], repeat: back });
      if (keeps) this.ops.push(OP_HISTORY, at, 0, 0, 0, 0, 0, back);
    }
    return at;
  }

  #flags(a: number, b: number): number {
    return (this.whole[a] === 1 ? WHOLE_A : 0) | (this.whole[b] === 1 ? WHOLE_B : 0);
  }

  /** Forms of 16 bits of columns that are compared with each other, on one scale. */
  #shadow(group: readonly number[]): void {
    const list = this.#space.take(8 * group.length);
    const scale = this.#space.take(SCALE_BYTES * STRETCHES);
    this.presets.push({
      at: list,
      ints: group.flatMap((id) => [this.at[id]!, this.#shadowFlags(id)]),
    });
    this.ops.push(OP_SCALES, scale, list, 0, 0, 0, 0, group.length);
    for (const id of group) {
      this.#shadows[id] = this.#space.take(SHADOW_BYTES);
      const flags = this.#shadowFlags(id);
      this.ops.push(OP_SHADOW, this.#shadows[id]!, this.at[id]!, scale, 0, 0, flags, 0);
    }
  }

  #shadowFlags(id: number): number {
    if (this.#nodes.kind[id] === NODE.constant) return CONSTANT;
    return this.whole[id] === 1 ? WHOLE_A : 0;
  }

  #output(id: number): void {
    const call = this.#nodes.a[id]!;
    const form = this.#callForms[call] ?? null;
    if (form?.kind === "ema") {
      if (this.at[id] === 0) this.#emas(form.source);
      return;
    }
    const out = this.#column(id, form !== null);
    this.at[id] = out;
    if (form === null) {
      const step = this.#lean.plan.steps[this.#graph.stepOf[call]!]!;
      if (step.kind !== "indicator") throw new Error("only indicators have outputs");
      const column = step.outputs[this.#nodes.b[id]!]!;
      this.foreign.push({
        at: out,
        back: this.#back[id]!,
        trial: this.#nodes.owner[call]!,
        column,
      });
    } else if (form.kind === "sma") {
      const { at, back } = this.#prefix(form.source, form.split);
      this.ops.push(OP_SMA, out, at, 0, form.period, 0, 0, back);
    } else if (form.kind === "rsi") {
      const state = this.#space.take(RSI_BYTES);
      this.presets.push(
        { at: state, ints: [form.period, form.seedBar] },
        { at: state + 8, floats: [form.up, form.down, form.flat] },
      );
      this.ops.push(OP_RSI, out, this.#columns[form.source]!, 0, state, 0, 0, 0);
    } else {
      const { at, back } = this.#tables(form.source, form.sign);
      let power = 1;
      let level = 0;
      for (; 2 * power <= form.period; power *= 2) level++;
      const table = at + 8 * level * (back + CHUNK);
      this.ops.push(OP_EXTREME, out, table, form.period, power, form.sign, 0, back);
    }
  }

  /** All exponential averages of a source, side by side, at the first of them. */
  #emas(source: number): void {
    const calls = this.#averages.get(source)!;
    const entries = this.#space.take(EMA_BYTES * calls.length);
    const outputs = new Map<number, number>();
    const { kind, a, size } = this.#nodes;
    for (let id = 0; id < size; id++)
      if (kind[id] === NODE.output && this.#callForms[a[id]!]?.kind === "ema")
        outputs.set(a[id]!, id);
    calls.forEach((call, k) => {
      const form = this.#callForms[call]!;
      if (form.kind !== "ema") throw new Error("only averages stand side by side");
      const id = outputs.get(call)!;
      this.at[id] = this.#column(id);
      const entry = entries + EMA_BYTES * k;
      this.presets.push(
        { at: entry, ints: [this.at[id]!, this.#columns[source]!, 1, form.seedBar] },
        { at: entry + 16, floats: [form.k, form.seed, form.seed] },
      );
    });
    this.ops.push(OP_EMA, 0, entries, 0, 0, 0, 0, calls.length);
  }

  #prefix(source: number, split: number): { at: number; back: number } {
    const prefix = this.#prefixes.get(source)!;
    if (prefix.at === 0) {
      prefix.at = this.#space.take(16 * (prefix.back + CHUNK + 1));
      const place = this.#space.take(8);
      this.presets.push({ at: place, floats: [split] });
      this.ops.push(OP_PREFIX, prefix.at, this.#columns[source]!, 0, place, 0, 0, prefix.back);
    }
    return prefix;
  }

  #tables(source: number, sign: number): { at: number; back: number } {
    const tables = this.#levels.get(`${source} ${sign}`)!;
    if (tables.at === 0) {
      const levels = 32 - Math.clz32(tables.back);
      // One pair of values may be written past the end.
      tables.at = this.#space.take(8 * levels * (tables.back + CHUNK) + 16);
      this.ops.push(OP_LEVELS, tables.at, this.#columns[source]!, 0, levels, sign, 0, tables.back);
    }
    return tables;
  }

  /** The numbers that a shared operation list holds as bytes of the pack. */
  get opCount(): number {
    return (4 * this.ops.length) / OP_BYTES;
  }
}

function isColumn(kind: number): boolean {
  return kind !== NODE.truth && kind < NODE.relation;
}

export function maskBytes(kind: number): number {
  return kind === NODE.relation ? RELATION_BYTES : MASK_BYTES;
}

function widen<K>(map: Map<K, { at: number; back: number }>, key: K, period: number): void {
  // An even number keeps pairs of values together.
  const back = (period + 1) & ~1;
  const known = map.get(key);
  if (known === undefined) map.set(key, { at: 0, back });
  else known.back = Math.max(known.back, back);
}

/** How many numbers stand before the bars' columns: what is read before the first bar is na. */
export function farthestBack({ nodes }: TrialGraph): number {
  let back = 0;
  for (let id = 0; id < nodes.size; id++)
    if (nodes.kind[id] === NODE.shift) back = Math.max(back, nodes.b[id]!);
  return back;
}
