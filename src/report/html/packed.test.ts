import fc from "fast-check";
import { expect, test } from "vitest";
import { pack, unpack } from "./packed.ts";

const back = (columns: Record<string, ArrayLike<number>>) => {
  const { columns: packed, bytes } = pack(columns);
  return Object.fromEntries(packed.map((c) => [c.name, Array.from(unpack(bytes, c))]));
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

test("a price that moves by a tick takes a byte or two", () => {
  const price = Float64Array.from({ length: 10_000 }, (_, i) => 100 + ((i * 7919) % 13) / 100);
  expect(pack({ price }).bytes.length).toBeLessThan(20_000);
});
