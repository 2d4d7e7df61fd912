import { expect, test } from "vitest";
import { functionsOf, variablesOf } from "../../../src/dsl/text/builtins/table.ts";
import { ArrayFunctions } from "../../../src/script/runtime/arrays.ts";
import { chartOf } from "../../../src/script/runtime/chart.ts";
import { MapFunctions } from "../../../src/script/runtime/maps.ts";
import { ScriptRuntime } from "../../../src/script/runtime/script-runtime.ts";
import { StringFunctions } from "../../../src/script/runtime/strings.ts";

const column = () => Float64Array.of(1, 2, 3);
const bars = {
  open: column(),
  high: column(),
  low: column(),
  close: column(),
  volume: column(),
  time: Float64Array.of(0, 3_600_000, 7_200_000),
};

const asked = (to: "string" | "array" | "calendar") =>
  functionsOf(6).flatMap(({ means }) => (means.to === to ? [means.fn] : []));

test("the run time has every function of texts, arrays, maps and the calendar that the table names", () => {
  const strings = new StringFunctions(0.01, () => ({}));
  const arrays = asked("array");
  const maps = arrays.flatMap((name) => (name.startsWith("map.") ? [name.slice(4)] : []));
  expect(maps).toContain("put");
  const missing = [
    ...asked("string").filter((name) => !(name in strings)),
    ...arrays.filter((name) => !name.includes(".") && !(name in ArrayFunctions.prototype)),
    ...maps.filter((name) => !(name in MapFunctions.prototype)),
    ...asked("calendar").filter((name) => !(name in ScriptRuntime.prototype)),
  ];
  expect(missing).toEqual([]);
});

test("the chart knows every field that the table names, in every version", () => {
  const chart = chartOf(bars, { symbol: "BTCUSDT", interval: "1h" });
  for (const version of [3, 4, 5, 6]) {
    for (const { value, type } of variablesOf(version)) {
      if (value.to !== "chart") continue;
      const wanted = type === "text" ? "string" : type === "bool" ? "boolean" : "number";
      expect(typeof chart.field(value.field), value.field).toBe(wanted);
    }
  }
});
