import type { Site } from "./site.ts";
import { onGrid } from "./tick.ts";
import { isNa, na, PineArray, toText, type Value } from "./values.ts";

const text = (site: Site, index: number) => toText(site.get(index) ?? "");

function shown(value: Value): string {
  if (isNa(value)) return "NaN";
  if (typeof value === "number") return plain(value, 0, 10);
  if (value instanceof PineArray) return `[${value.items.map(shown).join(", ")}]`;
  return String(value);
}

/** With so many decimals at least and at most; without an exponent. */
function plain(value: number, least: number, most: number): string {
  if (Math.abs(value) >= 1e21) return String(value);
  const [whole, places = ""] = value.toFixed(most).split(".");
  const needed = places.replace(/0+$/, "").padEnd(least, "0");
  const text = needed === "" ? whole : `${whole}.${needed}`;
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** By a pattern like "#.00": 0 is a decimal that is always shown, # one that may be. */
function patterned(value: Value, pattern: string, tick: number): string {
  if (typeof value !== "number" || isNa(value)) return shown(value);
  if (pattern.endsWith("mintick")) {
    const decimals = String(tick).split(".")[1]?.length ?? 0;
    return onGrid(value, tick, "near").toFixed(decimals);
  }
  if (pattern.endsWith("percent")) return `${plain(value, 2, 2)}%`;
  const [, places = ""] = pattern.split(".");
  return plain(value, places.split("0").length - 1, places.length);
}

export const strings: Readonly<Record<string, (site: Site) => Value>> = {
  "str.tostring": (site) => {
    const pattern = site.get(1, "format", "y");
    const value = site.get(0, "value", "x")!;
    return pattern === undefined
      ? shown(value)
      : patterned(value, toText(pattern), site.machine.chart.tick);
  },
  "str.format": (site) =>
    site.values.slice(1).reduce<string>(
      (made, value, i) => {
        const place = new RegExp(`\\{${i}(?:,number,([^}]*))?\\}`, "g");
        return made.replace(place, (_, pattern?: string) =>
          pattern === undefined ? shown(value) : patterned(value, pattern, 0),
        );
      },
      text(site, 0),
    ),
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
  "str.match": (site) => new RegExp(text(site, 1)).exec(text(site, 0))?.[0] ?? "",
  "str.split": (site) => new PineArray(text(site, 0).split(text(site, 1))),
};
