/** What a JSON value is, for people. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return `the string ${clip(JSON.stringify(value))}`;
  return clip(String(value));
}

const TYPES: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
};

/** What a schema's `type` asks for; an object beside a number or text is a reference to a parameter. */
export function describeType(type: string | readonly string[]): string {
  if (typeof type === "string") return TYPES[type] ?? type;
  return type
    .map((one) => (one === "object" ? '{"param": NAME}' : (TYPES[one] ?? one)))
    .join(" or ");
}

/** The range of a number's schema: `from 0 to 100`, `above 0`. */
export function describeRange(schema: Readonly<Record<string, unknown>>): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && maximum !== undefined) return `from ${minimum} to ${maximum}`;
  const low = minimum !== undefined ? `at least ${minimum}` : `above ${exclusiveMinimum}`;
  const high = maximum !== undefined ? `at most ${maximum}` : `below ${exclusiveMaximum}`;
  const hasLow = minimum !== undefined || exclusiveMinimum !== undefined;
  const hasHigh = maximum !== undefined || exclusiveMaximum !== undefined;
  return [hasLow ? low : "", hasHigh ? high : ""].filter((part) => part !== "").join(" and ");
}

function clip(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
