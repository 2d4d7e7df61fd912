import { isReference } from "../../dsl/text/core.ts";
import { type Code, code } from "../../vector/code.ts";

/** What na is at run time, by type. */
export function naOf(type: string): Code {
  if (type === "bool") return code`false`;
  if (type === "text") return code`""`;
  return isReference(type) ? code`null` : code`NaN`;
}
