import { error } from "./entry.ts";

/** Diagnostics about rule documents: their JSON, their schema, their limits. */
export const rulesDiagnostics = {
  json_syntax: error<{ reason: string }>(
    ({ reason }) => `not valid JSON: ${reason}`,
    "The document could not be read as JSON (RFC 8259).",
  ),
};
