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
      if (!isMisfit(values)) return { signature, values };
      if (nearest === null || values.fit > nearest.fit) nearest = values;
    }
  }
  nearest?.report(ctx);
  return null;
}
