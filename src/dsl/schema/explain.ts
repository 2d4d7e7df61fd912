import { type Diagnostic, diagnose, type Place, suggest } from "../../diagnostics/index.ts";
import { escapePointer, type JsonTree } from "../json/tree.ts";
import { describeRange, describeType, describeValue } from "./describe.ts";
import type { Violation } from "./violation.ts";

/** What a violation means to its author. */
export function explain(violation: Violation, tree: JsonTree): Diagnostic {
  const teller = TELLERS[violation.keyword] ?? other;
  return teller(violation, tree);
}

type Teller = (violation: Violation, tree: JsonTree) => Diagnostic;

const TELLERS: Readonly<Record<string, Teller>> = {
  additionalProperties: unknownProperty,
  required: missingProperty,
  type: wrongType,
  enum: unknownWord,
  const: wrongConstant,
  oneOf: exactlyOne,
  minimum: outOfRange,
  maximum: outOfRange,
  exclusiveMinimum: outOfRange,
  exclusiveMaximum: outOfRange,
  pattern: wrongText,
  not: wrongText,
  propertyNames: ({ pointer, params }, tree) => {
    const name = String(params["propertyName"]);
    return diagnose("bad_param_name", { name }, tree.locate(child(pointer, name), "key"));
  },
  maxItems: (violation, tree) =>
    violation.name === "orders"
      ? diagnose("open_orders", {}, tree.locate(violation.pointer))
      : other(violation, tree),
};

function other({ pointer, name, message }: Violation, tree: JsonTree): Diagnostic {
  return diagnose("schema_violation", { name, detail: message }, tree.locate(pointer));
}

/** The property that an unknown one was probably meant to be: one that its object knows and lacks. */
export function meantProperty({ value, schema, params }: Violation): string | undefined {
  const missing = knownProperties(schema).filter((name) => !Object.hasOwn(value as object, name));
  return suggest(String(params["additionalProperty"]), missing);
}

function knownProperties(schema: Violation["schema"]): readonly string[] {
  return Object.keys((schema["properties"] ?? {}) as object);
}

function unknownProperty(violation: Violation, tree: JsonTree): Diagnostic {
  const { pointer, schema, params } = violation;
  const name = String(params["additionalProperty"]);
  const place = tree.locate(child(pointer, name), "key");
  const known = knownProperties(schema);
  const suggestion = meantProperty(violation) ?? suggest(name, known);
  return diagnose("unknown_property", { name, suggestion, known }, place);
}

function missingProperty({ pointer, params, value }: Violation, tree: JsonTree): Diagnostic {
  const missing = String(params["missingProperty"]);
  const place = tree.locateStart(pointer);
  const root = missing === "type" && pointer === "";
  const hint = root ? "a strategy has a `type`, a paper-run body a `config`" : undefined;
  const tag = misspeltTag(missing, pointer, value);
  if (tag === undefined) return diagnose("missing_property", { name: missing, hint }, place);
  const misspelt = { name: tag.written, suggestion: tag.meant, known: [tag.meant] };
  return diagnose("unknown_property", misspelt, tree.locate(child(pointer, tag.written), "key"));
}

/** The property of an object that a missing tag (`kind`, `type`) was probably written as. */
export function misspeltTag(missing: string, pointer: string, value: unknown) {
  if (missing !== "kind" && missing !== "type") return undefined;
  const tags = missing === "type" && pointer === "" ? ["type", "config"] : [missing];
  for (const written of Object.keys(value as object)) {
    const meant = suggest(written, tags);
    if (meant !== undefined) return { written, meant };
  }
  return undefined;
}

function wrongType(
  { pointer, name, schema, params, value }: Violation,
  tree: JsonTree,
): Diagnostic {
  const place = tree.locate(pointer);
  if (isQuantity(name) && typeof value === "number") {
    return diagnose("quantity_not_a_string", { name, value }, place);
  }
  const expected = describeType(params["type"] as string | string[]);
  const range = schema["properties"] === undefined ? describeRange(schema) : "";
  return diagnose(
    "wrong_type",
    { name, expected: [expected, range].join(" ").trim(), found: describeValue(value) },
    place,
  );
}

function unknownWord({ pointer, name, schema, params, value }: Violation, tree: JsonTree) {
  const place = tree.locate(pointer);
  const known = params["allowedValues"] as readonly string[];
  if (typeof value !== "string") {
    return diagnose(
      "wrong_type",
      { name, expected: "a string", found: describeValue(value) },
      place,
    );
  }
  const named = { name: value, suggestion: suggest(value, known), known };
  switch (schema["title"]) {
    case "Condition kind":
      return diagnose("unknown_kind", { ...named, what: "condition" }, place);
    case "Expression kind":
      return diagnose("unknown_kind", { ...named, what: "expression" }, place);
    case "Strategy type":
      return diagnose("unknown_strategy", named, place);
    case "Function name":
      return diagnose("unknown_function", named, place);
  }
  if (name === "field") return diagnose("unknown_field", named, place);
  if (name === "candle_interval") {
    // Another number of minutes is no spelling mistake.
    const suggestion = known.find((one) => one.toLowerCase() === value.toLowerCase());
    return diagnose("unknown_interval", { ...named, suggestion }, place);
  }
  return diagnose("unknown_value", { ...named, property: name }, place);
}

function wrongConstant({ pointer, name, params, value }: Violation, tree: JsonTree): Diagnostic {
  const expected = JSON.stringify(params["allowedValue"]);
  const found = describeValue(value);
  return diagnose("wrong_value", { name, expected, found }, tree.locate(pointer));
}

function exactlyOne({ pointer, schema, value }: Violation, tree: JsonTree): Diagnostic {
  const names = (schema["oneOf"] as readonly { required?: readonly string[] }[]).flatMap(
    (branch) => branch.required ?? [],
  );
  const given = names.filter((name) => Object.hasOwn(value as object, name));
  const second = given[1];
  const place =
    second === undefined ? tree.locateStart(pointer) : tree.locate(child(pointer, second), "key");
  return diagnose("exactly_one", { names, given }, place);
}

function outOfRange({ pointer, name, schema, value }: Violation, tree: JsonTree): Diagnostic {
  const place = tree.locate(pointer);
  const number = value as number;
  if (name.endsWith("period")) {
    const [min, max] = [schema["minimum"] as number, schema["maximum"] as number];
    return diagnose("period_out_of_range", { name, value: number, min, max }, place);
  }
  if (name === "offset" && number < 0) return diagnose("negative_offset", { value: number }, place);
  const rule = describeRange(schema);
  return diagnose("number_out_of_range", { name, value: number, rule }, place);
}

function wrongText(violation: Violation, tree: JsonTree): Diagnostic {
  const { pointer, name, value } = violation;
  const place: Place = tree.locate(pointer);
  const found = describeValue(value);
  if (isQuantity(name)) return diagnose("bad_quantity", { name, found }, place);
  if (name === "param") return diagnose("bad_param_name", { name: String(value) }, place);
  if (TIMES.includes(name)) return diagnose("bad_run_time", { name, found }, place);
  return other(violation, tree);
}

const TIMES = ["starts_at", "finishes_at", "time_exchange"];

function isQuantity(name: string): boolean {
  return name === "quantity" || name === "order_quantity";
}

function child(pointer: string, name: string): string {
  return `${pointer}/${escapePointer(name)}`;
}
