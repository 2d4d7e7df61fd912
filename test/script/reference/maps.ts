import type { Site } from "./site.ts";
import { na, PineArray, PineMap, type Value } from "./values.ts";

const mapOf = (site: Site) => site.get(0, "id") as PineMap;
const found = (site: Site) => mapOf(site).pairs.find(([key]) => key === site.get(1, "key"));

export const maps: Readonly<Record<string, (site: Site) => Value>> = {
  "map.new": () => new PineMap([]),
  "map.put": (site) => {
    const before = found(site);
    const pair = [site.get(1, "key")!, site.get(2, "value")!] as const;
    const { pairs } = mapOf(site);
    if (before === undefined) pairs.push(pair);
    else pairs[pairs.indexOf(before)] = pair;
    return before?.[1] ?? na;
  },
  "map.put_all": (site) => {
    const map = mapOf(site);
    for (const [key, value] of (site.get(1, "id2") as PineMap).pairs) {
      const at = map.pairs.findIndex(([one]) => one === key);
      if (at < 0) map.pairs.push([key, value]);
      else map.pairs[at] = [key, value];
    }
    return na;
  },
  "map.get": (site) => found(site)?.[1] ?? na,
  "map.contains": (site) => found(site) !== undefined,
  "map.remove": (site) => {
    const before = found(site);
    const map = mapOf(site);
    map.pairs = map.pairs.filter((pair) => pair !== before);
    return before?.[1] ?? na;
  },
  "map.size": (site) => mapOf(site).pairs.length,
  "map.keys": (site) => new PineArray(mapOf(site).pairs.map(([key]) => key)),
  "map.values": (site) => new PineArray(mapOf(site).pairs.map(([, value]) => value)),
  "map.copy": (site) => new PineMap([...mapOf(site).pairs]),
  "map.clear": (site) => {
    mapOf(site).pairs = [];
    return na;
  },
};
