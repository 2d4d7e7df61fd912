import { type CoreScript, type CoreStatement, MAX_HISTORY } from "../core.ts";
import { everyExpression, everyStatement, expressionsOf } from "./core-walk.ts";

/** The script with each slot knowing how far back it is read. */
export function withHistory(core: CoreScript): CoreScript {
  const depths = historyDepths(core.body);
  const slots = core.slots.map(({ id, name, type, lifetime }) => {
    const depth = depths.get(id);
    return { id, name, type, lifetime, history: depth === undefined ? 0 : depth };
  });
  return { ...core, slots };
}

/** By slot: the most bars back, null where an offset is not known. */
export function historyDepths(
  statements: readonly CoreStatement[],
): ReadonlyMap<number, number | null> {
  const depths = new Map<number, number | null>();
  for (const statement of everyStatement(statements)) {
    for (const root of expressionsOf(statement)) {
      for (const expr of everyExpression(root)) {
        if (expr.kind !== "past" || expr.of.kind !== "local") continue;
        const { slot } = expr.of;
        const known = depths.get(slot);
        const { offset } = expr;
        const depth =
          offset.kind === "const" ? Math.min(Number(offset.value) || 0, MAX_HISTORY) : null;
        depths.set(slot, known === null || depth === null ? null : Math.max(known ?? 0, depth));
      }
    }
  }
  return depths;
}
