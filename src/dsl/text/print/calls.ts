import type { IndicatorNode, NumberNode, ScalarNode } from "../../../ir/index.ts";
import type { Signature } from "../builtins/signature.ts";
import { functionsOf } from "../builtins/table.ts";

type IndicatorMeaning = Extract<Signature["means"], { to: "indicator" }>;

/** An argument of a call: a series, a number, or a word of the language. */
export type CallArgument =
  | { readonly name: string; readonly node: NumberNode }
  | { readonly name: string; readonly word: string };

/** How the text language calls an indicator. */
export interface TextCall {
  readonly callee: string;
  /** Positional as long as none is left out; from then on by name. */
  readonly args: readonly (CallArgument & { readonly named: boolean })[];
  /** All outputs in the order of the tuple; one for a single value. */
  readonly outputs: readonly string[];
  readonly type: "float" | "bool";
}

/** Functions whose meaning is a composition, and is the plain indicator where the rest is left out. */
const PLAIN: Readonly<Record<string, string>> = { std_dev: "ta.stdev", variance: "ta.variance" };

let known: readonly Signature[] | undefined;

/** Reading the signatures takes some milliseconds. */
function functions(): readonly Signature[] {
  known ??= functionsOf(6);
  return known;
}

/** The latest version's call that means an indicator with these sources and numbers; null where there is none. */
export function callOf(node: IndicatorNode): TextCall | null {
  if (node.name === "obv") return { callee: "ta.obv", args: [], outputs: ["value"], type: "float" };
  const plain = PLAIN[node.name];
  if (plain !== undefined) {
    const [source, length] = [node.sources[0]!, node.params[0]!];
    const args = [
      { name: "source", node: source, named: false },
      { name: "length", node: length, named: false },
    ];
    return { callee: plain, args, outputs: ["value"], type: "float" };
  }
  for (const signature of functions()) {
    const { means } = signature;
    if (means.to !== "indicator" || means.name !== node.name) continue;
    const call = matched(signature, means, node);
    if (call !== null) return call;
  }
  return null;
}

function matched(
  signature: Signature,
  means: IndicatorMeaning,
  node: IndicatorNode,
): TextCall | null {
  if (!means.outputs.includes(node.output)) return null;
  const given = new Map<string, NumberNode>();
  const fits =
    means.sources.every((source, k) => {
      const own = node.sources[k]!;
      if ("param" in source) given.set(source.param, own);
      return "param" in source || (own.kind === "field" && own.field === source.field);
    }) &&
    means.params.every((param, k) => {
      const own = node.params[k]!;
      if (typeof param === "string") given.set(param, own);
      return typeof param === "string" || (own.kind === "literal" && own.value === param);
    });
  if (!fits) return null;
  const args: TextCall["args"][number][] = [];
  let named = false;
  for (const { name, type, required } of signature.params) {
    const own = given.get(name);
    if (own === undefined) {
      if (required) return null;
      named = true;
      continue;
    }
    const argument = argumentOf(name, type, own);
    if (argument === null) return null;
    args.push({ ...argument, named });
  }
  const { returns } = signature;
  return {
    callee: signature.name,
    args,
    outputs: means.outputs,
    type: returns === "bool" ? "bool" : "float",
  };
}

function argumentOf(
  name: string,
  type: string,
  node: NumberNode | ScalarNode,
): CallArgument | null {
  if (type !== "bool" || node.kind === "flag") return { name, node };
  if (node.kind !== "literal" || (node.value !== 0 && node.value !== 1)) return null;
  return { name, word: String(node.value === 1) };
}
