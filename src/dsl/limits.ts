/** Limits on a rule document, each with a diagnostic of its own. Those on numbers stand in the schema. */
export const LIMITS = {
  /** Bytes of UTF-8. */
  bytes: 1_048_576,
  /** Brackets nested in each other. */
  depth: 64,
  /** JSON values: objects, lists, strings, numbers, true, false, null; property names do not count. */
  nodes: 10_000,
  /** UTF-16 units of a property name. */
  nameLength: 200,
  /** Diagnostics listed, errors and warnings each. */
  diagnostics: 100,
} as const;
