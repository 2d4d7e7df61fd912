import type { IndicatorNode, NumberNode } from "../../../ir/index.ts";
import { builtins } from "../builtins/builtins.ts";

const KEYWORDS = (
  "if else for while switch to by in var varip and or not true false break continue import export method type enum " +
  "int float bool string color line label box table array matrix map na const input simple series"
).split(" ");

/** Names of a script, each given once, none of them a word of the language. */
export class Names {
  readonly #taken: Set<string>;

  constructor() {
    this.#taken = new Set([...KEYWORDS, ...builtins(6).names()]);
  }

  /** The name itself where it is free, else the first free one that begins like it. */
  take(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.#taken.has(name); i++) name = `${wanted}_${i}`;
    this.#taken.add(name);
    return name;
  }
}

/** What a variable that holds an indicator is called: `ema_12`, `highest_high_20`. */
export function wordsOf(
  callee: string,
  node: IndicatorNode,
  of: (node: NumberNode) => string,
): string {
  const sources = node.sources.flatMap((source) =>
    source.kind === "field" && source.field !== "close" && node.sources.length === 1
      ? [source.field]
      : [],
  );
  const numbers = node.params.map((param) =>
    param.kind === "literal" ? decimal(param.value) : of(param),
  );
  return [callee.slice(callee.lastIndexOf(".") + 1), ...sources, ...numbers].join("_").slice(0, 48);
}

function decimal(value: number): string {
  return String(value).replace(/[^0-9a-z]/g, "_");
}
