import type { Call, Expression, Script, Statement } from "../../../src/dsl/text/ast.ts";
import type { Inputs } from "./interpreter.ts";
import type { Value } from "./values.ts";

/** What an input stands at: what was given under the name of its variable, or its default. A source names a series. */
export function inputValue(
  name: string,
  node: Call,
  given: Inputs,
  script: Script,
  evaluate: (node: Expression) => Value,
  version: number,
): Value {
  const defval =
    // What comes first counts, and by place comes first.
    node.args.find((arg) => arg.name === null)?.value ??
    node.args.find((arg) => arg.name?.text === "defval")?.value;
  const variable = variableOf(script.body, node);
  const value = variable === undefined ? undefined : given[variable];
  const type = node.args.find((arg) => arg.name?.text === "type")?.value;
  const isSource =
    name === "input.source" || (type?.kind === "identifier" && /source$/.test(type.name));
  const span = { start: 0, end: 0 };
  if (
    value !== undefined &&
    (isSource || (defval?.kind === "identifier" && name === "input" && version >= 5))
  ) {
    return evaluate({ kind: "identifier", name: String(value), span });
  }
  return value ?? evaluate(defval!);
}

function variableOf(body: readonly Statement[], node: Call): string | undefined {
  return body.find((one) => one.kind === "declaration" && one.value === node)?.kind ===
    "declaration"
    ? (
        body.find((one) => one.kind === "declaration" && one.value === node) as {
          name: { text: string };
        }
      ).name.text
    : undefined;
}
