import { describe, expect, test } from "vitest";
import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import {
  createBollinger,
  createEma,
  createHighest,
  createLowest,
  createRsi,
  createSma,
  createStdDev,
  createStream,
  IndicatorError,
  type StreamSnapshot,
} from "../../src/indicators/index.ts";

const PRICES = [10, 11, 12, 11, 13];

const all = (stream: { update(x: number): number }) => PRICES.map((x) => stream.update(x));

describe("the streams", () => {
  test("give the values that other libraries give, NaN before", () => {
    const na = Number.NaN;
    expect(all(createEma({ period: 5 }))).toEqual([na, na, na, na, 11.4]);
    expect(all(createEma({ period: 5, dialect: "pandas" }))[4]).toBeCloseTo(11.617284, 6);
    expect(all(createSma({ period: 2 }))).toEqual([na, 10.5, 11.5, 11.5, 12]);
    expect(all(createHighest({ period: 3 }))).toEqual([na, na, 12, 12, 13]);
    expect(all(createLowest({ period: 3 }))).toEqual([na, na, 10, 11, 11]);
    expect(all(createStdDev({ period: 2 }))).toEqual([na, 0.5, 0.5, 0.5, 1]);
    // Rises 1, 1, 0, 2 and falls 0, 0, 1, 0 from bar to bar: means 4/4 and 1/4.
    expect(all(createRsi({ period: 4 }))).toEqual([na, na, na, na, 80]);
  });

  test("bollinger gives one record, the same each time", () => {
    const bands = createBollinger({ period: 2, numStdDev: 1 });
    const first = bands.update(10);
    expect(first).toEqual({ middle: Number.NaN, upper: Number.NaN, lower: Number.NaN });
    expect(bands.update(12)).toBe(first);
    expect(first).toEqual({ middle: 11, upper: 12, lower: 10 });
    expect(bands.value).toBe(first);
  });

  test("replace gives the open bar another value", () => {
    const sma = createSma({ period: 2 });
    sma.update(10);
    expect(sma.update(11)).toBe(10.5);
    expect(sma.replace(20)).toBe(15);
    expect(sma.replace(12)).toBe(11);
    expect(sma.value).toBe(11);
    expect(sma.update(14)).toBe(13);
    expect(sma.bars).toBe(3);
  });

  test("null and undefined are na, other things that are no numbers are refused", () => {
    const sma = createSma({ period: 2 });
    for (const x of [10, null, undefined, 12]) sma.update(x);
    expect(sma.value).toBe(11);
    for (const x of ["13", {}, 13n, true]) {
      expect(() => sma.update(x as unknown as number)).toThrow("indicator_source_value: sma");
      expect(() => sma.replace(x as unknown as number)).toThrow(IndicatorError);
    }
    expect(sma.value).toBe(11);
    expect(sma.bars).toBe(4);
  });

  test("there is a first bar before one is replaced", () => {
    const ema = createEma({ period: 5 });
    expect(ema.value).toBeNaN();
    expect(() => ema.replace(1)).toThrow("indicator_replace: ema: there is no bar to replace yet");
    ema.restore(createEma({ period: 5 }).snapshot());
    expect(() => ema.replace(1)).toThrow(IndicatorError);
  });
});

describe("a snapshot", () => {
  const source = createSma({ period: 3 });
  for (const x of [1, -0, 3, 4]) source.update(x);
  const good = JSON.parse(JSON.stringify(source.snapshot())) as StreamSnapshot;

  test("is plain data that keeps NaN and -0", () => {
    expect(good).toMatchObject({ indicator: "sma", dialect: "tv", params: [3], bars: 4 });
    expect(createSma({ period: 3 }).snapshot().memory.registers[0]).toBeNull();
    expect(good.memory.cells).toContain("-0");
    const stream = createSma({ period: 3 });
    stream.restore(good);
    expect(stream.update(5)).toBe(4);
  });

  const withMemory = (part: object) => ({ ...good, memory: { ...good.memory, ...part } });
  const bad: [string, unknown][] = [
    ["is not an object", null],
    ["is not an object", "sma"],
    ['is of "ema"', { ...good, indicator: "ema" }],
    ['has the dialect "pandas"', { ...good, dialect: "pandas" }],
    ["has the parameters [4]", { ...good, params: [4] }],
    ["has no count of bars", { ...good, bars: -1 }],
    ["has no memory", { ...good, memory: undefined }],
    ["does not have 5 numbers in memory.registers", withMemory({ registers: [] })],
    ["does not have 5 numbers in memory.kept", withMemory({ kept: [1, 2, 3, 4, "NaN"] })],
    ["numbers in memory.cells", withMemory({ cells: good.memory.cells.slice(1) })],
    ["has no journal in memory", withMemory({ journal: undefined })],
    ["has no journal in memory", withMemory({ journal: [[999, 0]] })],
    ["has no journal in memory", withMemory({ journal: [[0.5, 0]] })],
    ["has no journal in memory", withMemory({ journal: [[0, "x"]] })],
  ];
  for (const [problem, snapshot] of bad) {
    test(`is refused, and changes nothing, when it ${problem}`, () => {
      const stream = createSma({ period: 3 });
      stream.update(7);
      const before = stream.snapshot();
      expect(() => stream.restore(snapshot as StreamSnapshot)).toThrow(problem);
      expect(stream.snapshot()).toEqual(before);
    });
  }
});

describe("a stream of several sources", () => {
  const range: IndicatorDefinition = {
    name: "range",
    title: "Range",
    sources: ["high", "low"],
    params: [],
    outputs: ["value"],
    warmup: () => 0,
    dialects: ["tv"],
    kernel: () => () => undefined,
    stream: () => (memory) => (inputs) => {
      memory.registers[0] = inputs[0] - inputs[1];
    },
    formula: "high - low",
    citation: "this test",
  };

  test("takes a record of them per bar", () => {
    const stream = createStream<{ high: number; low?: number }, number>(range, {});
    expect(stream.update({ high: 12, low: 10 })).toBe(2);
    expect(stream.replace({ high: 13, low: 10 })).toBe(3);
    expect(stream.update({ high: 13 })).toBeNaN();
    expect(() => stream.update({ high: "13" as unknown as number, low: 1 })).toThrow(
      "the source's element 2",
    );
  });
});
