import { exactDeviation, exactSum } from "./exact-sums.ts";
import type { Site } from "./site.ts";
import { finite, na, PineArray, toBool, toNumber, toText, type Value } from "./values.ts";

const listOf = (site: Site): Value[] => (site.get(0, "id") as PineArray).items;
const numbersOf = (site: Site): number[] =>
  listOf(site)
    .map(toNumber)
    .filter((x) => !Number.isNaN(x));
const created = (site: Site): Value => {
  const size = site.count > 0 ? site.number(0, "size") : 0;
  return new PineArray(new Array<Value>(size).fill(site.get(1, "initial_value") ?? na));
};
const sortedOf = (site: Site): number[] => numbersOf(site).sort((a, b) => a - b);
/** From the end where it is negative, as in version 6. */
const at = (items: readonly Value[], index: number) => (index < 0 ? items.length + index : index);

export const arrays: Readonly<Record<string, (site: Site) => Value>> = {
  "array.from": (site) => new PineArray([...site.values]),
  "array.push": (site) => listOf(site).push(site.get(1, "value")!),
  "array.unshift": (site) => listOf(site).unshift(site.get(1, "value")!),
  "array.pop": (site) => listOf(site).pop() ?? na,
  "array.shift": (site) => listOf(site).shift() ?? na,
  "array.get": (site) => listOf(site)[at(listOf(site), site.number(1, "index"))] ?? na,
  "array.set": (site) => {
    const items = listOf(site);
    items[at(items, site.number(1, "index"))] = site.get(2, "value")!;
    return na;
  },
  "array.insert": (site) => {
    listOf(site).splice(site.number(1, "index"), 0, site.get(2, "value")!);
    return na;
  },
  "array.remove": (site) => listOf(site).splice(site.number(1, "index"), 1)[0] ?? na,
  "array.size": (site) => listOf(site).length,
  "array.clear": (site) => {
    listOf(site).length = 0;
    return na;
  },
  "array.first": (site) => listOf(site)[0] ?? na,
  "array.last": (site) => listOf(site).at(-1) ?? na,
  "array.sum": (site) => (numbersOf(site).length === 0 ? na : exactSum(numbersOf(site))),
  "array.avg": (site) => finite(exactSum(numbersOf(site)) / numbersOf(site).length),
  "array.max": (site) => finite(Math.max(...numbersOf(site))),
  "array.min": (site) => finite(Math.min(...numbersOf(site))),
  "array.range": (site) => finite(Math.max(...numbersOf(site)) - Math.min(...numbersOf(site))),
  "array.median": (site) => {
    const [low, high] = middleTwo(sortedOf(site));
    return finite((low + high) / 2);
  },
  "array.stdev": (site) => (numbersOf(site).length === 0 ? na : exactDeviation(numbersOf(site))),
  "array.percentile_nearest_rank": (site) => {
    const sorted = sortedOf(site);
    const share = site.number(1, "percentage") / 100;
    // The first value that at least so large a share lies at or below.
    return sorted.find((_, i) => (i + 1) / sorted.length >= share) ?? na;
  },
  "array.some": (site) => listOf(site).some(toBool),
  "array.every": (site) => listOf(site).every(toBool),
  "array.lastindexof": (site) => listOf(site).lastIndexOf(site.get(1, "value")!),
  "array.abs": (site) => new PineArray(listOf(site).map((x) => Math.abs(toNumber(x)))),
  "array.sort_indices": (site) => {
    const values = listOf(site).map(toNumber);
    const sign = site.get(1, "order") === "order.descending" ? -1 : 1;
    return new PineArray([...values.keys()].sort((i, j) => sign * (values[i] - values[j])));
  },
  "array.includes": (site) => listOf(site).includes(site.get(1, "value")!),
  "array.indexof": (site) => listOf(site).indexOf(site.get(1, "value")!),
  "array.reverse": (site) => {
    listOf(site).reverse();
    return na;
  },
  "array.copy": (site) => new PineArray([...listOf(site)]),
  "array.slice": (site) =>
    new PineArray(listOf(site).slice(site.number(1, "index_from"), site.number(2, "index_to"))),
  "array.concat": (site) => {
    listOf(site).push(...(site.get(1, "id2") as PineArray).items);
    return site.get(0, "id1")!;
  },
  "array.fill": (site) => {
    listOf(site).fill(site.get(1, "value")!);
    return na;
  },
  "array.sort": (site) => {
    const sign = site.get(1, "order") === "order.descending" ? -1 : 1;
    listOf(site).sort((a, b) => sign * (toNumber(a) - toNumber(b)));
    return na;
  },
  "array.join": (site) =>
    listOf(site)
      .map(String)
      .join(toText(site.get(1, "separator") ?? ",")),
};

const middleTwo = (sorted: readonly number[]): readonly [number, number] => [
  sorted[Math.ceil(sorted.length / 2) - 1] ?? na,
  sorted[Math.floor(sorted.length / 2)] ?? na,
];

/** A function of arrays by name, constructors included. */
export function arrayFunction(name: string): ((site: Site) => Value) | undefined {
  return /^array\.new(_\w+)?$/.test(name) ? created : arrays[name];
}
