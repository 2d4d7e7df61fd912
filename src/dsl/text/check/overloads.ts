import type { Call } from "../ast.ts";
import { languageRules } from "../builtins/index.ts";
import type { Signature } from "../builtins/signature.ts";
import { fitted, type Given, isMisfit, type Misfit, placed } from "./arguments.ts";
import type { Context } from "./context.ts";
import type { Value } from "./types.ts";

export interface Chosen {
  readonly signature: Signature;
  readonly values: readonly (readonly Value[])[];
}

/** The first signature that the arguments fit; otherwise the one that they fit best tells why not. */
export function overload(
  ctx: Context,
  node: Call,
  signatures: readonly Signature[],
  args: readonly Given<Value>[],
): Chosen | null {
  const name = node.callee.text;
  const { namedAgain } = languageRules(ctx.version);
  let nearest: Misfit | null = null;
  for (const strict of [true, false]) {
    nearest = null;
    for (const signature of signatures) {
      const places = placed(name, signature.params, args, node.callee, namedAgain);
      const values = isMisfit(places)
        ? places
        : fitted(ctx, strict, name, signature.params, places);
      if (!isMisfit(values)) {
        if (!isMisfit(places)) warnOfRepeated(ctx, name, args, places.flat());
        return { signature, values };
      }
      if (nearest === null || values.fit > nearest.fit) nearest = values;
    }
  }
  nearest?.report(ctx);
  return null;
}

/** Arguments that have no place, for theirs was taken: told of where they say something else than the first. */
function warnOfRepeated(
  ctx: Context,
  fn: string,
  args: readonly Given<Value>[],
  placed: readonly Given<Value>[],
): void {
  if (placed.length === args.length) return;
  const text = ({ argument }: Given<Value>) => {
    const { start, end } = argument.value.span;
    return ctx.script.source.slice(start, end);
  };
  const kept = new Set(placed.map(text));
  for (const one of args) {
    const { name } = one.argument;
    if (name === null || placed.includes(one) || kept.has(text(one))) continue;
    ctx.report("script_argument_repeated", { function: fn, name: name.text }, name);
  }
}
