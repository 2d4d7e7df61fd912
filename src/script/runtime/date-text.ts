import { fail } from "../../diagnostics/index.ts";
import { dateOf } from "../../dsl/text/date-text.ts";

/** A date of `timestamp("…")`; without a zone it is UTC. */
export function parseDate(text: string): number {
  return dateOf(text) ?? fail("script_date", { text });
}
