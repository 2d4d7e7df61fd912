import type { IndicatorDefinition, IndicatorParam } from "../indicators/definition.ts";
import { indicators } from "../indicators/registry.ts";
import type { Context } from "./context.ts";
import { findIndicator } from "./find-indicator.ts";

/** Prints the list, or one definition. */
export function runIndicators(name: string | undefined, json: boolean, { io }: Context): void {
  const found = name === undefined ? indicators : [findIndicator(name)];
  if (json) {
    const data = found.map(plainDefinition);
    io.out.write(`${JSON.stringify(name === undefined ? data : data[0])}\n`);
  } else if (name === undefined) io.out.write(`${list()}\n`);
  else io.out.write(`${page(found[0]!)}\n`);
}

function list(): string {
  const width = Math.max(...indicators.map((each) => each.name.length));
  return indicators.map((each) => `${each.name.padEnd(width)}  ${each.title}`).join("\n");
}

function page(definition: IndicatorDefinition): string {
  const { name, title, formula, citation, sources, outputs, dialects } = definition;
  return [
    `${name}: ${title}`,
    "",
    `  formula     ${formula}`,
    `  published   ${citation}`,
    `  reads       ${sources.join(", ")}`,
    `  gives       ${outputs.join(", ")}`,
    `  dialects    ${dialects.join(", ")}`,
    ...definition.params.map(
      (param, k) => `${k === 0 ? "  parameters" : "            "}  ${paramLine(param)}`,
    ),
  ].join("\n");
}

function paramLine(param: IndicatorParam): string {
  const { name, type, min, max, doc } = param;
  const standard = param.default === undefined ? "" : `, default ${param.default}`;
  return `${name}: ${doc} (${type === "int" ? "whole number" : "number"} ${min} to ${max}${standard})`;
}

/** What a program can use: without the functions. */
function plainDefinition({ kernel: _, warmup, stream: __, ...rest }: IndicatorDefinition) {
  const defaults = rest.params.map((param) => param.default);
  const known = defaults.every((value) => value !== undefined);
  return { ...rest, default_warmup: known ? warmup(defaults as number[], "tv") : null };
}
