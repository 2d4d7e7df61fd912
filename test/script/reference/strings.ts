import type { Site } from "./site.ts";
import { isNa, na, PineArray, toText, type Value } from "./values.ts";

const text = (site: Site, index: number) => toText(site.get(index) ?? "");

function shown(value: Value): string {
  if (isNa(value)) return "NaN";
  if (typeof value === "number") return String(Number(value.toFixed(8)));
  if (value instanceof PineArray) return `[${value.items.map(shown).join(", ")}]`;
  return String(value);
}

export const strings: Readonly<Record<string, (site: Site) => Value>> = {
  "str.tostring": (site) => shown(site.get(0, "value")!),
  "str.tonumber": (site) =>
    /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text(site, 0)) ? Number(text(site, 0)) : na,
  "str.length": (site) => text(site, 0).length,
  "str.contains": (site) => text(site, 0).includes(text(site, 1)),
  "str.startswith": (site) => text(site, 0).startsWith(text(site, 1)),
  "str.endswith": (site) => text(site, 0).endsWith(text(site, 1)),
  "str.pos": (site) =>
    text(site, 0).includes(text(site, 1)) ? text(site, 0).indexOf(text(site, 1)) : na,
  "str.upper": (site) => text(site, 0).toUpperCase(),
  "str.lower": (site) => text(site, 0).toLowerCase(),
  "str.trim": (site) => text(site, 0).trim(),
  "str.substring": (site) =>
    text(site, 0).slice(site.number(1), site.count > 2 ? site.number(2) : undefined),
  "str.replace_all": (site) => text(site, 0).replaceAll(text(site, 1), text(site, 2)),
  "str.split": (site) => new PineArray(text(site, 0).split(text(site, 1))),
};
