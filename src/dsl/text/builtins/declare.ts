import type { Qualifier } from "../core.ts";
import type { Meaning, Signature, SignatureParam, SignatureType, SourceOf } from "./signature.ts";

/**
 * A signature as the reference manual prints it:
 *
 *     ta.linreg(float source, int length, simple int offset = 0) -> float
 *
 * A parameter is `[qualifier] type name`, series where no qualifier stands; `name|old|older` gives its names in earlier
 * versions, `?` makes it optional without a default, `...` lets it repeat. `[a, b]` behind the arrow is a tuple.
 */
export function fn(text: string, means: Meaning): Signature {
  const match = FUNCTION.exec(text);
  if (match === null) throw new Error(`not a signature: ${text}`);
  const [, name, params, returns] = match;
  return {
    name,
    params: params === "" ? [] : params.split(/,\s*(?![^<]*>)/).map(paramOf),
    returns: returns.startsWith("[")
      ? (returns.slice(1, -1).split(", ") as SignatureType[])
      : (returns as SignatureType),
    means,
  };
}

const FUNCTION = /^([\w.]+)\((.*)\) -> (.+)$/;
const PARAM =
  /^(?:(const|input|simple|series) )?([\w<>]+) ([\w|]+)(\?|\.\.\.)?(?: = (na|true|false|".*"|-?[\d.]+))?$/;

function paramOf(text: string): SignatureParam {
  const match = PARAM.exec(text);
  if (match === null) throw new Error(`not a parameter: ${text}`);
  const [, qualifier = "series", type, names, mark, standard] = match;
  const [name, ...aliases] = names.split("|");
  return {
    name,
    ...(aliases.length > 0 && { aliases }),
    type: type as SignatureType,
    qualifier: qualifier as Qualifier,
    required: mark !== "?" && standard === undefined,
    ...(standard !== undefined && { standard: standardOf(standard) }),
    ...(mark === "..." && { rest: true as const }),
  };
}

function standardOf(text: string): number | boolean | string {
  return text === "na" ? Number.NaN : (JSON.parse(text) as number | boolean | string);
}

/** `source` or a field of the bars behind a dot: `.high`. */
export function indicator(
  name: string,
  sources: readonly string[],
  params: readonly (string | number)[] = [],
  outputs: readonly string[] = ["value"],
): Meaning {
  return { to: "indicator", name, sources: sources.map(sourceOf), params, outputs };
}

type Field = Extract<SourceOf, { field: string }>["field"];

function sourceOf(text: string): SourceOf {
  return text.startsWith(".") ? { field: text.slice(1) as Field } : { param: text };
}

export const unsupported = (advice: string) => ({ to: "unsupported", advice }) as const;
export const DEAD = { to: "dead" } as const;

/** Types of numbers of which a function gives back the one that it takes. */
export const NUMBERS = ["int", "float"] as const;
