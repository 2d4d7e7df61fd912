import type { ParamDeclaration, StrategyDocument } from "../../src/dsl/document.ts";
import type { ParamValues } from "./bind.ts";
import { type Random, random } from "./random.ts";

/** The same strategy twice: with numbers written out, and with some of them as parameters bound to these values. */
export interface Parametrised {
  readonly document: StrategyDocument;
  readonly params: ParamValues;
}

/**
 * Moves a share of the numbers of a document into `params`. Some become the default; others get another
 * default and are bound by name.
 */
export function parametrise(
  document: StrategyDocument,
  seed: number,
  share: number,
  name: (index: number) => string = (index) => `p${index}`,
): Parametrised {
  const next = random(seed);
  const declared: Record<string, ParamDeclaration> = {};
  const params: Record<string, number> = {};
  const moved = replaceNumbers(document, (value, key) => {
    if (next() >= share) return null;
    const param = name(Object.keys(declared).length);
    const inDefault = next() < 0.5;
    declared[param] = { default: inDefault ? value : otherThan(value, key) };
    if (!inDefault) params[param] = value;
    return { param, ...(next() < 0.2 ? { comment: "a number" } : {}) };
  }) as StrategyDocument;
  const none = Object.keys(declared).length === 0;
  return { document: none ? document : { ...moved, params: shuffledKeys(declared, next) }, params };
}

/** Another number that may stand in the same place. */
function otherThan(value: number, key: string): number {
  return ["spread", "overbought"].includes(key) ? value / 2 : value + 1;
}

function shuffledKeys<T>(record: Readonly<Record<string, T>>, next: Random): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(() => next() - 0.5));
}

const DECIMAL = new Set(["quantity", "order_quantity"]);

function replaceNumbers(
  value: unknown,
  replace: (value: number, key: string) => object | null,
  key = "",
): unknown {
  if (typeof value === "number") return replace(value, key) ?? value;
  if (typeof value === "string" && DECIMAL.has(key)) return replace(Number(value), key) ?? value;
  if (Array.isArray(value)) return value.map((item) => replaceNumbers(item, replace, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replaceNumbers(item, replace, name)]),
  );
}
