import { describe, expect, test } from "vitest";
import { indicator } from "../../../indicators/registry.ts";
import type { CoreExpr, LocalExpr } from "../core.ts";
import { builtins, type MakeScope } from "./index.ts";

const BARS = 60;
const SPAN = { start: 0, end: 0 };
/** A walk without pattern, and a volume that rises and falls. */
const wave = (i: number) => Math.sin(i * 1.7) * 4 + Math.cos(i * 0.31) * 6;
const close = Float64Array.from({ length: BARS }, (_, i) => 100 + wave(i));
const open = close.map((x, i) => (i === 0 ? x : close[i - 1]));
const high = close.map((x, i) => Math.max(x, open[i]) + (i % 3));
const low = close.map((x, i) => Math.min(x, open[i]) - ((i * 7) % 4) / 2);
const volume = close.map((_, i) => 1000 + ((i * 37) % 11) * 90);
const time = close.map((_, i) => i * 3_600_000);
const fields: Record<string, Float64Array> = { open, high, low, close, volume, time };

type Value = number | boolean | string;

/** What a composition gives on each bar: statements in order, then the value. */
function run(make: (scope: MakeScope) => CoreExpr): Value[] {
  const sets: { slot: number; value: CoreExpr; once: boolean }[] = [];
  let slots = 0;
  let sites = 0;
  const local = (type: LocalExpr["type"]): LocalExpr => ({
    kind: "local",
    slot: slots++,
    type,
    qualifier: "series",
    span: SPAN,
  });
  const scope: MakeScope = {
    span: SPAN,
    site: () => sites++,
    bind: (value) => {
      if (value.kind === "local") return value;
      const bound = local(value.type);
      sets.push({ slot: bound.slot, value, once: false });
      return bound;
    },
    variable: (type, initial) => {
      const kept = local(type);
      sets.push({ slot: kept.slot, value: initial, once: true });
      return kept;
    },
    set: ({ slot }, value) => void sets.push({ slot, value, once: false }),
  };
  const value = make(scope);
  const past: Value[][] = [];
  const now: Value[] = [];
  const read = new Map<CoreExpr, number[][]>();

  const number = (expr: CoreExpr, bar: number) => Number(evaluate(expr, bar));
  function evaluate(expr: CoreExpr, bar: number): Value {
    switch (expr.kind) {
      case "const":
        return expr.value;
      case "field":
        return expr.field === "bar_index" ? bar : fields[expr.field][bar];
      case "local":
        return now[expr.slot];
      case "past": {
        const then = bar - number(expr.offset, bar);
        if (then < 0) return expr.type === "bool" ? false : Number.NaN;
        if (then === bar) return evaluate(expr.of, bar);
        return expr.of.kind === "field" ? fields[expr.of.field][then] : past[then][expr.of.slot];
      }
      case "unary":
        return expr.op === "not" ? !evaluate(expr.operand, bar) : -number(expr.operand, bar);
      case "binary": {
        if (expr.op === "and") {
          return Boolean(evaluate(expr.left, bar)) && Boolean(evaluate(expr.right, bar));
        }
        if (expr.op === "or") {
          return Boolean(evaluate(expr.left, bar)) || Boolean(evaluate(expr.right, bar));
        }
        const a = number(expr.left, bar);
        const b = number(expr.right, bar);
        return BINARY[expr.op](a, b);
      }
      case "select":
        return evaluate(evaluate(expr.test, bar) ? expr.then : expr.otherwise, bar);
      case "math":
        return MATH[expr.fn](...expr.args.map((arg) => number(arg, bar)));
      case "indicator": {
        const definition = indicator(expr.name)!;
        const columns = read.get(expr) ?? expr.sources.map(() => []);
        read.set(expr, columns);
        for (const [i, source] of expr.sources.entries()) columns[i].push(number(source, bar));
        const outputs = definition.outputs.map(() => new Float64Array(columns[0].length));
        definition.kernel("tv")(
          columns.map((column) => Float64Array.from(column)),
          expr.params.map((param) => number(param, bar)),
          outputs,
        );
        return outputs[definition.outputs.indexOf(expr.output)].at(-1)!;
      }
      default:
        throw new Error(`no ${expr.kind} in compositions`);
    }
  }

  return Array.from(close, (_, bar) => {
    for (const { slot, value, once } of sets) {
      if (!once || bar === 0) now[slot] = evaluate(value, bar);
    }
    const result = evaluate(value, bar);
    past.push([...now]);
    return result;
  });
}

const BINARY: Record<string, (a: number, b: number) => Value> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => (b === 0 ? Number.NaN : a / b),
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  eq: (a, b) => a === b,
  ne: (a, b) => !Number.isNaN(a) && !Number.isNaN(b) && a !== b,
};
const MATH: Record<string, (...args: number[]) => Value> = {
  na: (x) => Number.isNaN(x),
  nz: (x, y = 0) => (Number.isNaN(x) ? y : x),
  min: Math.min,
  max: Math.max,
  sqrt: Math.sqrt,
};

/** A call of version 4, so that dropped functions are there, too; the overload is chosen by the number of arguments. */
function call(name: string, ...args: readonly CoreExpr[]): Value[] {
  const signature = builtins(4)
    .functions(name)
    .find(({ params, means }) => params.length >= args.length && means.to === "expression");
  if (signature?.means.to !== "expression") throw new Error(`${name} is no composition`);
  const { make } = signature.means;
  return run((scope) => make(args, scope));
}

function variable(name: string): Value[] {
  const { value } = builtins(6).variable(name)!;
  if (value.to !== "expression") throw new Error(`${name} is no composition`);
  return run(value.make);
}

const of = { qualifier: "series", span: SPAN } as const;
const field = (name: "close" | "volume"): CoreExpr => ({
  kind: "field",
  field: name,
  type: "float",
  ...of,
});
const number = (value: number): CoreExpr => ({ kind: "const", value, type: "float", ...of });
/** na on every third bar. */
const gappy: CoreExpr = {
  kind: "select",
  test: isEvery(3),
  then: number(Number.NaN),
  otherwise: field("close"),
  type: "float",
  ...of,
};
function isEvery(n: number): CoreExpr {
  const index: CoreExpr = { kind: "field", field: "bar_index", type: "int", ...of };
  const left: CoreExpr = { kind: "math", fn: "min", args: [index, index], type: "int", ...of };
  // bar_index modulo n, by floor.
  const test: CoreExpr = {
    kind: "binary",
    op: "eq",
    left: { kind: "binary", op: "mod", left, right: number(n), eager: false, type: "int", ...of },
    right: number(0),
    eager: false,
    type: "bool",
    ...of,
  };
  return test;
}
BINARY.mod = (a, b) => a % b;

function expectClose(found: readonly Value[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) {
    if (Number.isNaN(value)) expect(found[i], `bar ${i}`).toBeNaN();
    else expect(Number(found[i]), `bar ${i}`).toBeCloseTo(value, 8);
  }
}

const series = (at: (i: number) => number) => Array.from(close, (_, i) => at(i));
function cumulated(at: (i: number) => number): number[] {
  let sum = 0;
  return series((i) => (sum += at(i) || 0));
}

describe("built-ins that are compositions", () => {
  test("centre of gravity weighs the last values by their age", () => {
    expectClose(
      call("ta.cog", field("close"), number(10)),
      series((i) => {
        if (i < 9) return Number.NaN;
        let weighted = 0;
        let sum = 0;
        for (let k = 0; k < 10; k++) {
          weighted += close[i - k] * (k + 1);
          sum += close[i - k];
        }
        return -weighted / sum;
      }),
    );
  });

  test("accumulation/distribution sums where in its range a bar closed", () => {
    expectClose(
      variable("ta.accdist"),
      cumulated((i) =>
        high[i] === low[i]
          ? 0
          : ((close[i] - low[i] - (high[i] - close[i])) / (high[i] - low[i])) * volume[i],
      ),
    );
  });

  test("price-volume trend sums relative changes times volume", () => {
    const sums = cumulated((i) =>
      i === 0 ? 0 : ((close[i] - close[i - 1]) / close[i - 1]) * volume[i],
    );
    expectClose(variable("ta.pvt").slice(1), sums.slice(1));
  });

  test("Williams' accumulation/distribution sums true moves", () => {
    const sums = cumulated((i) => {
      if (i === 0) return 0;
      if (close[i] > close[i - 1]) return close[i] - Math.min(low[i], close[i - 1]);
      return close[i] < close[i - 1] ? close[i] - Math.max(high[i], close[i - 1]) : 0;
    });
    expectClose(variable("ta.wad").slice(1), sums.slice(1));
  });

  test.each([
    ["ta.nvi", (i: number) => volume[i] < volume[i - 1]],
    ["ta.pvi", (i: number) => volume[i] > volume[i - 1]],
  ])("%s follows the close on its days only", (name, counts) => {
    let index = 1;
    expectClose(
      variable(name),
      series((i) => (i > 0 && counts(i) ? (index *= close[i] / close[i - 1]) : index)),
    );
  });

  test("intraday intensity and Williams' variable are of the bar alone", () => {
    const range = (i: number) => high[i] - low[i] || Number.NaN;
    expectClose(
      variable("ta.iii"),
      series((i) => (2 * close[i] - high[i] - low[i]) / (range(i) * volume[i])),
    );
    expectClose(
      variable("ta.wvad"),
      series((i) => ((close[i] - open[i]) / range(i)) * volume[i]),
    );
  });

  test("an anchored vwap begins anew at each anchor", () => {
    let flow = 0;
    let amount = 0;
    expectClose(
      call("ta.vwap", field("close"), isEvery(7)),
      series((i) => {
        if (i % 7 === 0) flow = amount = 0;
        flow += close[i] * volume[i];
        amount += volume[i];
        return flow / amount;
      }),
    );
  });

  test("ta.max and ta.min are those of the whole past, na left out", () => {
    const records = (better: (a: number, b: number) => number) => {
      let best = Number.NaN;
      return series((i) => {
        if (i % 3 !== 0) best = Number.isNaN(best) ? close[i] : better(best, close[i]);
        return best;
      });
    };
    expectClose(call("ta.max", gappy), records(Math.max));
    expectClose(call("ta.min", gappy), records(Math.min));
  });

  test("fixnan keeps the last value that is one", () => {
    let last = Number.NaN;
    expectClose(
      call("fixnan", gappy),
      series((i) => (i % 3 === 0 ? last : (last = close[i]))),
    );
  });

  test("unbiased deviations divide by n - 1", () => {
    const unbiased: CoreExpr = { kind: "const", value: false, type: "bool", ...of };
    const variance = series((i) => {
      if (i < 4) return Number.NaN;
      const last = close.slice(i - 4, i + 1);
      const mean = last.reduce((a, b) => a + b) / 5;
      return last.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4;
    });
    expectClose(call("ta.variance", field("close"), number(5), unbiased), variance);
    expectClose(call("ta.stdev", field("close"), number(5), unbiased), variance.map(Math.sqrt));
  });

  test("a change of a condition is any flip", () => {
    expect(call("ta.change", isEvery(4)).slice(0, 6)).toEqual([
      false,
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  test("iff and offset are the operators of today", () => {
    expectClose(
      call("iff", isEvery(2), field("close"), number(1)),
      series((i) => (i % 2 === 0 ? close[i] : 1)),
    );
    expectClose(
      call("offset", field("close"), number(2)),
      series((i) => close[i - 2] ?? Number.NaN),
    );
  });

  test("rsi of two series is that of two averages", () => {
    expectClose(
      call("rsi", field("close"), field("volume")),
      series((i) => 100 - 100 / (1 + close[i] / volume[i])),
    );
  });

  test("the ready-made prices are means of the bar's own", () => {
    expectClose(
      variable("hl2"),
      series((i) => (high[i] + low[i]) / 2),
    );
    expectClose(
      variable("hlcc4"),
      series((i) => (high[i] + low[i] + 2 * close[i]) / 4),
    );
  });

  test("ta.tr is na on the first bar", () => {
    expect(variable("ta.tr")[0]).toBeNaN();
    expect(variable("ta.tr")[1]).toBeCloseTo(
      Math.max(high[1] - low[1], Math.abs(high[1] - close[0]), Math.abs(low[1] - close[0])),
    );
  });
});
