import { indicator } from "../indicators/registry.ts";
import type { IndicatorNode, NumberNode } from "../ir/index.ts";
import type { Field } from "../vector/columns.ts";
import type { Expression, FuncExpression, NumberOrParam } from "./document.ts";
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
      const { sources, outputs } = indicator(expression.name)!;
      const node = lowerIndicator(
        expression.name,
        expression.output ?? outputs[0]!,
        sources.includes("source") ? chosenSource(expression, lowering) : null,
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

function chosenSource(func: FuncExpression, lowering: Lowering): NumberNode {
  if (func.source) return lowerExpression(func.source, lowering);
  return lowering.graph.field(func.field ?? "close");
}

/**
 * A registered indicator; numbers left out take the definition's defaults. `source` is the freely chosen series, null for one that
 * reads columns only; these are read as they are.
 */
export function lowerIndicator(
  name: string,
  output: string,
  source: NumberNode | null,
  given: Readonly<Record<string, NumberOrParam>>,
  lowering: Lowering,
): IndicatorNode {
  const definition = indicator(name)!;
  const params = definition.params.map((param) =>
    lowering.scalar(given[param.name] ?? param.default!, roleOf(param)),
  );
  const sources = definition.sources.map((one) =>
    one === "source" ? source! : lowering.graph.field(one as Field),
  );
  return lowering.graph.indicator(name, output, sources, params);
}
