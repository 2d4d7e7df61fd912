import { describe, expect, test } from "vitest";
import { suggest } from "../../../diagnostics/index.ts";
import { indicator, indicators } from "../../../indicators/registry.ts";
import { BAR_FIELDS, type CoreExpr, LEDGER_FIELDS, MATH_FNS, TRADE_FIELDS } from "../core.ts";
import { builtins, type MakeScope, type Signature } from "./index.ts";
import { functionsOf, variablesOf } from "./table.ts";
import { renamesOf } from "./versions/renames.ts";

const VERSIONS = [1, 2, 3, 4, 5, 6];
/** The rule language has them, the text language has no name for them. */
const WITHOUT_NAME = [
  "aroon",
  "dema",
  "donchian",
  "heikin_ashi",
  "ichimoku",
  "kama",
  "stochrsi",
  "tema",
  "trix",
];
const SPAN = { start: 0, end: 0 };

function scopeOf(): MakeScope & { made: CoreExpr[] } {
  const made: CoreExpr[] = [];
  let next = 0;
  const local = (type: CoreExpr["type"]) =>
    ({ kind: "local", slot: next++, type, qualifier: "series", span: SPAN }) as const;
  return {
    made,
    span: SPAN,
    site: () => next++,
    bind: (value) => {
      made.push(value);
      return local(value.type);
    },
    variable: (type, initial) => {
      made.push(initial);
      return local(type);
    },
    set: (_, value) => void made.push(value),
  };
}

/** Every expression that a `make` builds, with its statements. */
function partsOf(make: (scope: MakeScope) => CoreExpr): CoreExpr[] {
  const scope = scopeOf();
  const value = make(scope);
  const parts: CoreExpr[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("kind" in node) parts.push(node as CoreExpr);
    for (const inner of Object.values(node)) walk(inner);
  };
  walk([value, ...scope.made]);
  return parts;
}

function argumentsOf({ params }: Signature): CoreExpr[] {
  return params.map(({ type }) => {
    const core = type === "bool" || type === "text" || type === "int" ? type : "float";
    const value = core === "bool" ? true : core === "text" ? "1D" : 5;
    return { kind: "const", value, type: core, qualifier: "const", span: SPAN };
  });
}

function expectKnownIndicator(expr: CoreExpr): void {
  if (expr.kind !== "indicator") return;
  const definition = indicator(expr.name)!;
  expect(definition, expr.name).toBeDefined();
  expect(expr.sources).toHaveLength(definition.sources.length);
  expect(expr.params).toHaveLength(definition.params.length);
  expect(definition.outputs).toContain(expr.output);
}

describe.each(VERSIONS)("the table of version %i", (version) => {
  const functions = functionsOf(version);
  const variables = variablesOf(version);

  test("names each variable once", () => {
    const names = variables.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test("gives each parameter of a function names of its own, optional ones last but for when", () => {
    for (const { name, params } of functions) {
      const names = params.flatMap((param) => [param.name, ...(param.aliases ?? [])]);
      expect(new Set(names).size, name).toBe(names.length);
      const optional = params.findIndex(({ required }) => !required);
      const rest = optional < 0 ? [] : params.slice(optional);
      expect(
        rest.filter(({ required, rest: repeats }) => required && !repeats),
        name,
      ).toEqual([]);
      expect(
        params.findIndex(({ rest: repeats }) => repeats),
        name,
      ).toBe(params.at(-1)?.rest ? params.length - 1 : -1);
    }
  });

  test("maps indicators to definitions that exist, number for number", () => {
    for (const { name, params, returns, means } of functions) {
      if (means.to !== "indicator") continue;
      const definition = indicator(means.name)!;
      expect(definition, name).toBeDefined();
      expect(means.sources, name).toHaveLength(definition.sources.length);
      expect(means.params, name).toHaveLength(definition.params.length);
      expect(means.outputs, name).toHaveLength(Array.isArray(returns) ? returns.length : 1);
      for (const output of means.outputs) expect(definition.outputs, name).toContain(output);
      const names = params.map((param) => param.name);
      for (const source of means.sources) {
        if ("param" in source) expect(names, name).toContain(source.param);
      }
      for (const param of means.params) {
        if (typeof param === "string") expect(names, name).toContain(param);
      }
      for (const [i, source] of means.sources.entries()) {
        if ("field" in source && source.field !== "hlc3") {
          expect([source.field, "source"], name).toContain(definition.sources[i]);
        }
      }
    }
  });

  test("asks nothing of the core that it lacks", () => {
    for (const { name, means } of functions) {
      if (means.to === "math") expect(MATH_FNS, name).toContain(means.fn);
      if (means.to === "trade") expect(TRADE_FIELDS, name).toContain(means.field);
      if (means.to === "unsupported") expect(means.advice, name).toMatch(/^[a-z]/);
    }
    for (const { name, value } of variables) {
      if (value.to === "field") expect(BAR_FIELDS, name).toContain(value.field);
      if (value.to === "ledger") expect(LEDGER_FIELDS, name).toContain(value.field);
    }
  });

  test("makes expressions of indicators that exist, number for number", () => {
    for (const signature of functions) {
      const { means } = signature;
      if (means.to !== "expression") continue;
      partsOf((scope) => means.make(argumentsOf(signature), scope)).forEach(expectKnownIndicator);
    }
    for (const { value } of variables) {
      if (value.to === "expression") partsOf(value.make).forEach(expectKnownIndicator);
    }
  });

  test("has every new name that an old one stands for", () => {
    const table = builtins(version);
    const renames = renamesOf(version);
    for (const [old, name] of Object.entries(renames.functions)) {
      expect(table.functions(old), old).not.toEqual([]);
      expect(table.functions(old), old).toEqual(table.functions(name));
    }
    for (const [old, name] of Object.entries(renames.variables)) {
      expect(table.variable(old), old).toBeDefined();
      expect(table.variable(old), old).toBe(table.variable(name));
    }
  });

  test("reads every field of the ledger and of trades", () => {
    const ledger = variables.flatMap(({ value }) => (value.to === "ledger" ? [value.field] : []));
    expect(ledger.sort()).toEqual([...LEDGER_FIELDS].sort());
    const closed = functions.flatMap(({ means }) =>
      means.to === "trade" && means.list === "closed" ? [means.field] : [],
    );
    expect(closed.sort()).toEqual([...TRADE_FIELDS].sort());
  });
});

test("every indicator of the registry has a name in the language or is listed as having none", () => {
  const reached = new Set<string>();
  const note = (expr: CoreExpr) => expr.kind === "indicator" && reached.add(expr.name);
  for (const signature of functionsOf(6)) {
    const { means } = signature;
    if (means.to === "indicator") reached.add(means.name);
    if (means.to !== "expression") continue;
    partsOf((scope) => means.make(argumentsOf(signature), scope)).forEach(note);
  }
  for (const { value } of variablesOf(6)) {
    if (value.to === "expression") partsOf(value.make).forEach(note);
  }
  const missing = indicators.map(({ name }) => name).filter((name) => !reached.has(name));
  expect(missing.sort()).toEqual(WITHOUT_NAME);
});

describe("names of earlier versions", () => {
  test.each([
    ["sma", "ta.sma"],
    ["rsi", "ta.rsi"],
    ["crossover", "ta.crossover"],
    ["highest", "ta.highest"],
    ["abs", "math.abs"],
    ["sum", "math.sum"],
    ["security", "request.security"],
    ["tostring", "str.tostring"],
    ["study", "indicator"],
    ["heikinashi", "ticker.heikinashi"],
    ["vwap", "ta.vwap"],
  ])("%s is %s up to version 4, and told of after", (old, name) => {
    for (const version of [1, 2, 3, 4]) {
      expect(builtins(version).functions(old)[0].name).toBe(name);
      expect(builtins(version).renamed(old)).toBeUndefined();
    }
    for (const version of [5, 6]) {
      expect(builtins(version).functions(old)).toEqual([]);
      expect(builtins(version).renamed(old)).toBe(name);
    }
  });

  test.each([
    ["n", "bar_index"],
    ["period", "timeframe.period"],
    ["interval", "timeframe.multiplier"],
    ["isintraday", "timeframe.isintraday"],
    ["tickerid", "syminfo.tickerid"],
    ["ticker", "syminfo.ticker"],
    ["red", "color.red"],
    ["histogram", "plot.style_histogram"],
    ["dashed", "hline.style_dashed"],
    ["monday", "dayofweek.monday"],
    ["integer", "input.integer"],
  ])("%s is %s in version 3", (old, name) => {
    expect(builtins(3).variable(old)?.name).toBe(name);
    expect(builtins(5).variable(old)).toBeUndefined();
    expect(builtins(5).renamed(old)).toBe(name);
  });

  test("version 4 has colours and types of inputs without their namespaces still, and nothing else", () => {
    expect(builtins(4).variable("red")?.name).toBe("color.red");
    expect(builtins(4).variable("integer")?.name).toBe("input.integer");
    for (const old of ["color", "time", "n", "period", "tickerid", "histogram", "monday"])
      expect(builtins(4).variable(old)?.name ?? "", old).not.toContain(".");
  });

  test.each(["tr", "obv", "vwap", "accdist"])("%s is a variable of version 4", (name) => {
    expect(builtins(4).variable(name)?.name).toBe(`ta.${name}`);
    expect(builtins(5).variable(name)).toBeUndefined();
  });

  test("dropped functions are there up to version 4, and their operator is told of after", () => {
    expect(builtins(4).functions("iff")).not.toEqual([]);
    expect(builtins(5).functions("iff")).toEqual([]);
    expect(builtins(5).renamed("iff")).toBe("?:");
  });

  test("names that never changed are those of every version", () => {
    for (const version of VERSIONS) {
      expect(builtins(version).functions("nz")[0].name).toBe("nz");
      expect(builtins(version).variable("close")?.name).toBe("close");
      expect(builtins(version).renamed("close")).toBeUndefined();
      expect(builtins(version).renamed("toString")).toBeUndefined();
    }
  });
});

describe("signatures", () => {
  const params = (name: string, version = 6) =>
    builtins(version)
      .functions(name)
      .map((signature) => signature.params.map((param) => param.name));

  test.each([
    ["ta.highest", [["source", "length"], ["length"]]],
    [
      "ta.pivothigh",
      [
        ["source", "leftbars", "rightbars"],
        ["leftbars", "rightbars"],
      ],
    ],
    ["ta.stoch", [["source", "high", "low", "length"]]],
    ["ta.supertrend", [["factor", "atrPeriod"]]],
    ["ta.macd", [["source", "fastlen", "slowlen", "siglen"]]],
    ["ta.alma", [["series", "length", "offset", "sigma", "floor"]]],
    [
      "strategy.close",
      [["id", "comment", "qty", "qty_percent", "alert_message", "immediately", "disable_alert"]],
    ],
  ])("%s", (name, wanted) => {
    expect(params(name)).toEqual(wanted);
  });

  test("the factor of a supertrend comes first, its period first in the registry", () => {
    const [{ means }] = builtins(6).functions("ta.supertrend");
    expect(means).toMatchObject({ name: "supertrend", params: ["atrPeriod", "factor"] });
  });

  test("crossover takes x and y by name", () => {
    const [{ params: both }] = builtins(4).functions("crossover");
    expect(both.map(({ aliases }) => aliases?.[0])).toEqual(["x", "y"]);
  });

  test("a change is of one bar and a standard deviation of all values where nothing else is said", () => {
    const standards = (name: string) =>
      builtins(6)
        .functions(name)[0]
        .params.map(({ standard }) => standard);
    expect(standards("ta.change")).toEqual([undefined, 1]);
    expect(standards("ta.stdev")).toEqual([undefined, undefined, true]);
    expect(standards("ta.kc").at(-1)).toBe(true);
  });

  test("math.max takes any number of arguments", () => {
    expect(builtins(6).functions("math.max")[0].params.at(-1)?.rest).toBe(true);
  });

  test("orders take when up to version 5", () => {
    for (const name of ["entry", "order", "exit", "close", "close_all", "cancel", "cancel_all"]) {
      const has = (version: number) => params(`strategy.${name}`, version).flat().includes("when");
      expect(VERSIONS.map(has), name).toEqual([true, true, true, true, true, false]);
    }
    expect(params("strategy.close", 4)).toHaveLength(1);
    expect(params("strategy.close", 4)[0][1]).toBe("when");
    expect(params("strategy.close", 5).map((names) => names[1])).toEqual(["comment", "when"]);
  });

  test("a direction is a bool up to version 4", () => {
    expect(builtins(4).variable("strategy.short")?.value).toEqual({ to: "const", value: false });
    expect(builtins(5).variable("strategy.short")?.value).toEqual({ to: "const", value: -1 });
    expect(builtins(4).functions("strategy.entry")[0].params[1]).toMatchObject({
      name: "direction",
      aliases: ["long"],
      type: "bool",
    });
    expect(builtins(5).functions("strategy.entry")[0].params[1].type).toBe("int");
  });

  test("input has a type= up to version 4 and kinds of its own after", () => {
    expect(params("input", 4)[0]).toContain("type");
    expect(params("input", 5)[0]).not.toContain("type");
    expect(params("input.int", 4)).toEqual([]);
    expect(builtins(4).variable("input.integer")?.value).toEqual({ to: "const", value: "integer" });
    expect(builtins(5).variable("input.integer")).toBeUndefined();
  });
});

describe("what is not computed", () => {
  const means = (name: string) => builtins(5).functions(name)[0]?.means.to;
  test.each([
    "plot",
    "plotshape",
    "bgcolor",
    "alertcondition",
    "label.new",
    "label.set_text",
    "line.delete",
    "table.cell",
    "chart.point.new",
    "color.new",
    "log.info",
    "runtime.error",
  ])("%s is dead", (name) => {
    expect(means(name)).toBe("dead");
  });

  test.each([
    "matrix.pinv",
    "matrix.eigenvalues",
    "request.financial",
    "request.anything",
    "line.get_price",
    "math.random",
  ])("%s is unsupported", (name) => {
    expect(means(name)).toBe("unsupported");
  });

  test.each(["plott", "ta.smaa", "labels.new", "strategy.entri"])("%s is unknown", (name) => {
    expect(means(name)).toBeUndefined();
  });

  test("near misses are found among the names", () => {
    const names = [...builtins(5).names()];
    expect(suggest("ta.smaa", names)).toBe("ta.sma");
    expect(suggest("strategy.entri", names)).toBe("strategy.entry");
    expect(suggest("colse", names)).toBe("close");
    expect(suggest("crosover", [...builtins(4).names()])).toBe("crossover");
  });
});
