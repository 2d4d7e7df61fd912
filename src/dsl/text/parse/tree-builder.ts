import type { Block, Expression, Span, Statement } from "../ast.ts";

/** Deepest tree that later stages walk. */
const DEEPEST = 1000;

/**
 * Makes nodes and knows how deep each is, so that no stage behind the parser runs out of stack; and where the brackets around a
 * node begin and end: its own span is what stands in them, that of a node above it has them whole.
 */
export class TreeBuilder {
  tooDeep: Span | null = null;
  private depths = new WeakMap<object, number>();
  private brackets = new WeakMap<object, Span>();

  clear(): void {
    this.tooDeep = null;
    this.depths = new WeakMap();
    this.brackets = new WeakMap();
  }

  bracketed<N extends Expression>(node: N, span: Span): N {
    if (typeof node === "object") this.brackets.set(node, span);
    return node;
  }

  /** From the first to the last, brackets around them included. While the grammar is recorded there are none. */
  around(first: Expression | Span | undefined, last: Expression | undefined): Span {
    const end = this.whole(last);
    const start = this.whole(first) ?? end ?? { start: 0, end: 0 };
    return { start: start.start, end: end?.end ?? start.end };
  }

  whole(node: Expression | Span | undefined): Span | undefined {
    if (typeof node !== "object") return undefined;
    return (
      this.brackets.get(node) ?? ("span" in node ? node.span : "start" in node ? node : undefined)
    );
  }

  node<N extends Expression | Statement>(node: N): N {
    let depth = 0;
    for (const child of Object.values(node)) depth = Math.max(depth, this.depthOf(child));
    if (depth + 1 > DEEPEST && this.tooDeep === null) this.tooDeep = node.span;
    this.depths.set(node, depth + 1);
    return node;
  }

  private depthOf(child: unknown): number {
    if (typeof child !== "object" || child === null) return 0;
    const known = this.depths.get(child);
    if (known !== undefined) return known;
    if (Array.isArray(child))
      return child.reduce((most, one) => Math.max(most, this.depthOf(one)), 0);
    if ("statements" in child) return this.depthOf((child as Block).statements);
    // Arguments, cases of a switch and parameters carry nodes, but are none.
    let depth = 0;
    for (const key of ["value", "test", "body", "standard", "expression"] as const) {
      if (key in child)
        depth = Math.max(depth, this.depthOf((child as Record<string, unknown>)[key]));
    }
    return depth;
  }
}
