import type { ChainForm } from "../../indicators/chain-form.ts";
import { indicator } from "../../indicators/registry.ts";
import {
  type ChainNode,
  type ChainPass,
  type ColumnStep,
  FIELD_COLUMNS,
  isAverage,
  readsOf,
} from "../unit.ts";

type IndicatorStep = Extract<ColumnStep, { kind: "indicator" }>;

/** Recursive averages from which on a pass pays. */
const FEWEST = 2;
/** And up to which it does: beyond, their values find no place in registers. */
const MOST = 8;

/**
 * Which indicators of a unit go over the bars together. A step joins the first pass at whose place all that it reads is
 * computed, or that computes it.
 *
 * @param kept columns that are read beside those of the steps
 */
export function chainPasses(
  steps: readonly ColumnStep[],
  kept: ReadonlySet<number>,
): readonly ChainPass[] {
  const madeAt = new Map<number, number>();
  const passes: PassBuilder[] = [];
  steps.forEach((step, at) => {
    if (step.kind === "indicator") {
      for (const output of step.outputs) madeAt.set(output, at);
      if (indicator(step.name)?.chains === undefined) return;
      if (passes.some((pass) => pass.joins(step, at))) return;
      const pass = new PassBuilder(at, madeAt);
      if (pass.joins(step, at)) passes.push(pass);
    } else madeAt.set(step.output, at);
  });
  return passes.filter((pass) => pass.recursions >= FEWEST).map((pass) => pass.finish(steps, kept));
}

/** The pass that can make the bits of tests: the last whose columns no step reads, so that it may run after all steps. */
export function lastPass(
  steps: readonly ColumnStep[],
  passes: readonly ChainPass[],
): ChainPass | undefined {
  const isLast = ({ members }: ChainPass) => {
    const others = steps.filter((_, at) => !members.includes(at));
    const read = new Set(others.flatMap(readsOf));
    return members.every((at) =>
      (steps[at] as IndicatorStep).outputs.every((column) => !read.has(column)),
    );
  };
  return passes.findLast(isLast);
}

class PassBuilder implements ChainForm<number, number> {
  private readonly members: number[] = [];
  private nodes: ChainNode[] = [];
  /** Nodes by what they are. */
  private known = new Map<string, number>();
  private readonly outputs = new Map<number, number>();

  constructor(
    private readonly at: number,
    /** By column the step that makes it; columns of the bars have none. */
    private readonly madeAt: ReadonlyMap<number, number>,
  ) {}

  get recursions(): number {
    return this.nodes.filter(isAverage).length;
  }

  /** Takes an indicator in, unless it reads what is not there or the pass is full. */
  joins(step: IndicatorStep, at: number): boolean {
    const { nodes, known } = this;
    this.nodes = [...nodes];
    this.known = new Map(known);
    const results = this.resultsOf(step);
    if (results === null || (nodes.length > 0 && this.recursions > MOST)) {
      this.nodes = nodes;
      this.known = known;
      return false;
    }
    this.members.push(at);
    step.outputs.forEach((column, k) => {
      this.outputs.set(column, results[k]!);
    });
    return true;
  }

  finish(steps: readonly ColumnStep[], kept: ReadonlySet<number>): ChainPass {
    const { members, nodes } = this;
    const others = steps.filter((_, at) => !members.includes(at));
    const read = new Set([...kept, ...others.flatMap(readsOf)]);
    const outputs = [...this.outputs].map(([column, node]) => ({ node, column }));
    const wanted = outputs.filter(({ column }) => read.has(column));
    return { members, nodes, outputs: wanted, tested: null };
  }

  ema(of: number, period: number): number {
    return this.node({ op: "ema", of, period });
  }

  rma(of: number, period: number): number {
    return this.node({ op: "rma", of, period });
  }

  minus(of: number, by: number): number {
    return this.node({ op: "minus", of, by });
  }

  strength(of: number, by: number): number {
    return this.node({ op: "strength", of, by });
  }

  crossAbove(of: number, by: number): number {
    return this.node({ op: "cross_above", of, by });
  }

  change(of: number): number {
    return this.node({ op: "change", of });
  }

  rise(of: number): number {
    return this.node({ op: "rise", of });
  }

  fall(of: number): number {
    return this.node({ op: "fall", of });
  }

  trueRange(high: number, low: number, close: number): number {
    return this.node({ op: "true_range", high, low, close });
  }

  private resultsOf({ name, sources, params }: IndicatorStep): readonly number[] | null {
    const nodes: number[] = [];
    for (const source of sources) {
      const own = this.outputs.get(source);
      if (own === undefined && !this.isThere(source)) return null;
      nodes.push(own ?? this.node({ op: "column", column: source }));
    }
    const results = indicator(name)!.chains!<number, number>(this, nodes, params);
    return this.nodes.every((node) => this.isSound(node)) ? results : null;
  }

  private isThere(column: number): boolean {
    return column < FIELD_COLUMNS.length || (this.madeAt.get(column) ?? this.at) < this.at;
  }

  /** The value before is at hand for columns alone. */
  private isSound(node: ChainNode): boolean {
    const isColumn = (at: number) => this.nodes[at]!.op === "column";
    if (node.op === "change") return isColumn(node.of);
    return node.op !== "true_range" || isColumn(node.close);
  }

  private node(node: ChainNode): number {
    const key = JSON.stringify(node);
    let at = this.known.get(key);
    if (at === undefined) {
      at = this.nodes.push(node) - 1;
      this.known.set(key, at);
    }
    return at;
  }
}
