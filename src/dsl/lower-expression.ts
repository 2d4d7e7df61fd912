import { indicator } from "../indicators/registry.ts";
import type { IndicatorNode, NumberNode } from "../ir/index.ts";
import type { Column } from "../vector/columns.ts";
import type { Expression, FuncExpression, NumberOrParam } from "./document.ts";
import { lowerCondition } from "./lower-condition.ts";
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
      const node = lowerIndicator(
        expression.name,
        expression.output ?? indicator(expression.name)!.outputs[0]!,
        chosenSeries(expression, lowering),
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

/** The series that a document chooses, by the name of the source. */
export type ChosenSeries = Readonly<Partial<Record<"source" | "other" | "condition", NumberNode>>>;

function chosenSeries(func: FuncExpression, lowering: Lowering): ChosenSeries {
  const { graph } = lowering;
  const { field, source, other, condition } = func;
  return {
    ...(field ? { source: graph.field(field) } : {}),
    ...(source ? { source: lowerExpression(source, lowering) } : {}),
    ...(other ? { other: lowerExpression(other, lowering) } : {}),
    ...(condition ? { condition: graph.flag(lowerCondition(condition, lowering)) } : {}),
  };
}

/**
 * A registered indicator; numbers left out take the definition's defaults. Sources that are not chosen are columns of the
 * bars, read as they are.
 */
export function lowerIndicator(
  name: string,
  output: string,
  chosen: ChosenSeries,
  given: Readonly<Record<string, NumberOrParam>>,
  lowering: Lowering,
): IndicatorNode {
  const definition = indicator(name)!;
  const params = definition.params.map((param) =>
    lowering.scalar(given[param.name] ?? param.default!, roleOf(param)),
  );
  const sources = definition.sources.map(
    (one) => chosen[one as keyof ChosenSeries] ?? lowering.graph.field(one as Column),
  );
  return lowering.graph.indicator(name, output, sources, params);
}
