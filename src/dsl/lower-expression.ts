import { indicator } from "../indicators/registry.ts";
import type { IndicatorNode, NumberNode } from "../ir/index.ts";
import type { Expression, NumberOrParam } from "./document.ts";
import { type Lowering, ROLES, roleOf } from "./lower-params.ts";

/** An expression as a node; an offset becomes a history of what it stands on. */
export function lowerExpression(expression: Expression, lowering: Lowering): NumberNode {
  const { graph, scalar } = lowering;
  switch (expression.kind) {
    case "literal":
      return scalar(expression.value, ROLES.any);
    case "field":
      return graph.history(
        graph.field(expression.field),
        scalar(expression.offset ?? 0, ROLES.offset),
      );
    case "func": {
      const source = expression.source
        ? lowerExpression(expression.source, lowering)
        : graph.field(expression.field ?? "close");
      const node = lowerIndicator(
        expression.name,
        expression.output ?? indicator(expression.name)!.outputs[0]!,
        source,
        expression as unknown as Readonly<Record<string, NumberOrParam>>,
        lowering,
      );
      return graph.history(node, scalar(expression.offset ?? 0, ROLES.offset));
    }
    case "bin_op":
      return graph.binary(
        expression.op,
        lowerExpression(expression.left, lowering),
        lowerExpression(expression.right, lowering),
      );
  }
}

/** A registered indicator of one source; numbers left out take the definition's defaults. */
export function lowerIndicator(
  name: string,
  output: string,
  source: NumberNode,
  given: Readonly<Record<string, NumberOrParam>>,
  lowering: Lowering,
): IndicatorNode {
  const definition = indicator(name)!;
  const params = definition.params.map((param) =>
    lowering.scalar(given[param.name] ?? param.default!, roleOf(param)),
  );
  return lowering.graph.indicator(name, output, [source], params);
}
