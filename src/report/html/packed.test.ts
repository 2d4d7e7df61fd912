import fc from "fast-check";
import { expect, test } from "vitest";
import { pack, unpack } from "./packed.ts";

const back = (columns: Record<string, ArrayLike<number>>, packing = {}) => {
  const { columns: packed, bytes } = pack(columns, packing);
  const values = new Map<string, Float64Array>();
  for (const c of packed) values.set(c.name, unpack(bytes, c, values.get(c.base ?? "") ?? null));
  return Object.fromEntries([...values].map(([name, column]) => [name, Array.from(column)]));
};

test("prices, times and na come back as they were", () => {
  const columns = {
    time: [1700000000, 1700003600, 1700007200],
    close: [0.00001234, 0.00001235, Number.NaN],
    price: [42000.5, 41999.25, 42000.5],
    loss: [-1, 0, 3],
    none: [],
  };
  expect(back(columns)).toEqual(columns);
});

test("columns near another come back as they were, beside na as well", () => {
  const columns = {
    close: [100, 101, Number.NaN, 99],
    high: [100.25, 101, 102.5, Number.NaN],
    low: [99.5, 100.125, 98, 98],
  };
  expect(back(columns, { high: { base: "close" }, low: { base: "close" } })).toEqual(columns);
});

test("fewer digits are kept where that is asked for", () => {
  expect(back({ volume: [123456, 7.89] }, { volume: { digits: 4 } })).toEqual({
    volume: [123456, 8],
  });
});

test("values come back to 8 digits of the largest", () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { minLength: 1 });
  fc.assert(
    fc.property(values, (list) => {
      const largest = Math.max(...list.map(Math.abs));
      const { x } = back({ x: list });
      x!.forEach((value, i) => {
        expect(Math.abs(value - list[i]!)).toBeLessThanOrEqual(Math.max(1e-12, 1e-7 * largest));
      });
    }),
  );
});

test("a price that moves by a tick takes a byte, whatever it starts from", () => {
  const price = Float64Array.from({ length: 10_000 }, (_, i) => 1e5 + ((i * 7919) % 13) / 100);
  expect(pack({ price }).bytes.length).toBe(10_000);
});

test("columns near the value before of another come back as they were", () => {
  const columns = { close: [100, 101, Number.NaN, 99], open: [100, 100, 101.5, Number.NaN] };
  expect(back(columns, { open: { base: "close", lag: 1 } })).toEqual(columns);
});
