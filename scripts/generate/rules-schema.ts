import type { IndicatorDefinition, IndicatorParam } from "../../src/indicators/definition.ts";
import { COLUMNS, FIELDS } from "../../src/vector/columns.ts";
import { INTERVAL_NAMES } from "../../src/vector/interval.ts";
import { DIALECTS } from "../../src/vector/kernel.ts";

export type JsonSchema = Record<string, unknown>;
type Definitions = Record<string, JsonSchema>;

/**
 * The schema with everything that code owns written anew: the functions from the indicator registry,
 * the columns, the intervals, the dialects. Everything else stays as it is in the file.
 */
export function withRegistry(
  schema: JsonSchema,
  registry: readonly IndicatorDefinition[],
): JsonSchema {
  const indicators = registry.filter((one) => one.inRules === undefined);
  const kept = Object.entries(schema["$defs"] as Definitions).filter(
    ([name]) => !name.startsWith("func_"),
  );
  const functions = indicators.map((one) => [`func_${one.name}`, functionSchema(one)] as const);
  const defs = Object.fromEntries(
    kept.flatMap((entry) => (entry[0] === "func" ? [entry, ...functions] : [entry])),
  );
  return {
    ...schema,
    $defs: {
      ...defs,
      func: dispatch(defs["func"], indicators),
      field: { ...defs["field"], enum: FIELDS },
      interval: { ...defs["interval"], enum: INTERVAL_NAMES },
      dialect: { ...defs["dialect"], enum: DIALECTS },
    },
  };
}

function dispatch(func: JsonSchema, indicators: readonly IndicatorDefinition[]): JsonSchema {
  const properties = func["properties"] as Definitions;
  const name = {
    ...properties["name"],
    enum: indicators.map((one) => one.name),
  };
  return {
    ...func,
    properties: { ...properties, name },
    oneOf: indicators.map((one) => ({ $ref: `#/$defs/func_${one.name}` })),
  };
}

/** What `func` describes once for all functions (kind, field, source, offset, comment) is only admitted here. */
function functionSchema(indicator: IndicatorDefinition): JsonSchema {
  const { chosen, columns } = sourcesOf(indicator);
  return {
    title: indicator.title,
    description: `${indicator.title}: ${indicator.formula}.${reads(columns)}`,
    type: "object",
    properties: {
      kind: true,
      name: {
        title: "Name",
        description: `${indicator.title}.`,
        const: indicator.name,
        examples: [indicator.name],
      },
      ...(chosen.includes("source") ? { field: true, source: true } : {}),
      ...Object.fromEntries(
        Object.entries(CHOSEN_BY_FEW).filter(([source]) => chosen.includes(source)),
      ),
      ...Object.fromEntries(indicator.params.map((param) => [param.name, paramSchema(param)])),
      ...(indicator.outputs.length > 1 ? { output: outputSchema(indicator) } : {}),
      offset: true,
      comment: true,
    },
    required: [
      "kind",
      "name",
      ...chosen.filter((source) => source !== "source"),
      ...requiredOf(indicator),
    ],
    additionalProperties: false,
    ...(chosen.includes("source")
      ? { oneOf: [{ required: ["field"] }, { required: ["source"] }] }
      : {}),
  };
}

const CHOSEN_BY_FEW: Definitions = {
  other: {
    title: "Other",
    description: "The second series: an expression.",
    $ref: "#/$defs/expression",
    examples: [{ kind: "field", field: "volume" }],
  },
  condition: {
    title: "Condition",
    description:
      "The condition that is looked back for. A bar where it is unknown counts as one where it is false; `position` may not stand in it.",
    $ref: "#/$defs/condition",
    examples: [{ kind: "rsi", threshold: 30, comparison: "below" }],
  },
};

const CHOSEN = ["source", ...Object.keys(CHOSEN_BY_FEW)];

/** The series that a document chooses for an indicator, and the columns that it reads by itself. */
function sourcesOf(indicator: IndicatorDefinition) {
  const columns = indicator.sources.filter((source) => !CHOSEN.includes(source));
  if (columns.some((source) => !(COLUMNS as readonly string[]).includes(source))) {
    throw new Error(`${indicator.name}: sources without a schema form`);
  }
  return { chosen: indicator.sources.filter((source) => CHOSEN.includes(source)), columns };
}

function reads(columns: readonly string[]): string {
  return columns.length === 0 ? "" : ` Reads ${columns.join(", ")}.`;
}

function requiredOf(indicator: IndicatorDefinition): readonly string[] {
  const params = indicator.params.filter((one) => one.default === undefined).map((one) => one.name);
  return indicator.outputs.length > 1 ? [...params, "output"] : params;
}

function paramSchema(param: IndicatorParam): JsonSchema {
  const example = param.default ?? (param.type === "int" ? Math.max(20, param.min) : param.min);
  return {
    title: titleOf(param.name),
    description: param.doc,
    $ref: param.type === "int" ? "#/$defs/integer" : "#/$defs/number",
    minimum: param.min,
    maximum: param.max,
    ...(param.default === undefined ? {} : { default: param.default }),
    examples: [example],
  };
}

function outputSchema(indicator: IndicatorDefinition): JsonSchema {
  return {
    title: "Output",
    description: `Which series of ${indicator.title} to take.`,
    enum: indicator.outputs,
    examples: [indicator.outputs[0]],
  };
}

function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}
