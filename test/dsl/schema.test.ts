import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { withRegistry } from "../../scripts/generate/rules-schema.ts";
import { indicators } from "../../src/indicators/registry.ts";
import { INTERVAL_NAMES } from "../../src/vector/interval.ts";
import { at, type JsonSchema, readSchema } from "./schema-text.ts";

const schema = readSchema();
const defs = Object.entries(schema.$defs);

/** Every property that the schema describes, with where it stands. */
function properties(): (readonly [string, JsonSchema])[] {
  return defs.flatMap(([name, def]) =>
    Object.entries((def["properties"] ?? {}) as JsonSchema)
      // What `func` describes for all functions is only admitted in each of them.
      .filter(([, property]) => property !== true)
      .map(([key, property]) => [`${name}.${key}`, property as JsonSchema] as const),
  );
}

describe("the schema of the rule language", () => {
  it("is what the registry, the columns, the intervals and the dialects make it (scripts/sync.ts)", () => {
    expect(withRegistry(readSchema(), indicators)).toEqual(schema);
  });

  it("offers exactly the registered functions", () => {
    const names = indicators.filter((one) => one.inRules === undefined).map((one) => one.name);
    expect(names).not.toContain("crossover");
    expect(at(schema, "$defs", "func", "properties", "name")["enum"]).toEqual(names);
    expect(at(schema, "$defs", "interval")["enum"]).toEqual(INTERVAL_NAMES);
    const oneMore = { ...indicators[0], name: "added" };
    const changed = withRegistry(readSchema(), [...indicators, oneMore]);
    expect(changed).not.toEqual(schema);
    expect(at(changed, "$defs", "func_added", "properties", "name")["const"]).toBe("added");
    expect(withRegistry(changed, indicators)).toEqual(schema);
  });

  it("is a draft 2020-12 schema with an address", () => {
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema["$id"]).toMatch(/^urn:swymc:schemas:rules$/);
    expect(new Ajv2020({ strict: false }).validateSchema(schema)).toBe(true);
  });

  it.each(properties())("%s has title, description and examples", (_, property) => {
    expect(property["title"]).toMatch(/^[A-Z]/);
    expect(property["description"]).toMatch(/[.`]$|\w$/);
    expect((property["examples"] as unknown[]).length).toBeGreaterThan(0);
  });

  it("has a default for every optional number and word that has one, and valid ones", () => {
    const withDefault = properties()
      .filter(([, property]) => property["default"] !== undefined)
      .map(([name, property]) => [name, property["default"]]);
    expect(Object.fromEntries(withDefault)).toMatchObject({
      "strategy_rule_based.dialect": "tv",
      "strategy_ema_crossover.fast_period": 12,
      "strategy_ema_crossover.slow_period": 26,
      "strategy_ema_crossover.interval_secs": 5,
      "strategy_rsi_reversal.rsi_period": 14,
      "strategy_rsi_reversal.oversold": 30,
      "strategy_rsi_reversal.overbought": 70,
      "strategy_bollinger_breakout.period": 20,
      "strategy_bollinger_breakout.num_std_dev": 2,
      "strategy_simple_spread.spread": 0.001,
      "condition_rsi.period": 14,
      "condition_bollinger.period": 20,
      "condition_bollinger.num_std_dev": 2,
      "expression_field.offset": 0,
      "func.offset": 0,
      "func_bollinger.period": 20,
      "func_bollinger.num_std_dev": 2,
      "paper_run.risk_free_return": 0,
      "execution.latency_ms": 0,
      "execution.fees_percent": 0,
    });
  });

  it("gives examples and defaults that it accepts itself", () => {
    const ajv = new Ajv2020({ strict: false, discriminator: true, validateFormats: false });
    ajv.addSchema(schema);
    const faulty = defs.flatMap(([name, def]) =>
      Object.entries((def["properties"] ?? {}) as JsonSchema).flatMap(([key, property]) => {
        if (property === true) return [];
        const { examples = [], default: value } = property as {
          examples?: unknown[];
          default?: unknown;
        };
        const validate = ajv.getSchema(
          `${schema["$id"]}#/$defs/${name}/properties/${key.replace("$", "%24")}`,
        );
        return [...examples, ...(value === undefined ? [] : [value])]
          .filter((one) => !validate!(one))
          .map((one) => `${name}.${key}: ${JSON.stringify(one)}`);
      }),
    );
    expect(faulty).toEqual([]);
  });

  it("takes a comment in every object it describes, and $schema at the root", () => {
    const objects = defs.filter(([, def]) => def["additionalProperties"] === false);
    const without = objects.filter(([, def]) => !("comment" in (def["properties"] as object)));
    expect(without.map(([name]) => name)).toEqual([]);
    for (const [name, def] of defs) {
      if (!name.startsWith("strategy_") && name !== "paper_run") continue;
      expect(Object.keys(def["properties"] as object)).toContain("$schema");
    }
  });

  it("lists in each dispatcher the tags of its alternatives, in order, each described", () => {
    for (const [name, def] of defs) {
      const tag = (def["discriminator"] as { propertyName: string } | undefined)?.propertyName;
      if (tag === undefined) continue;
      const alternatives = (def["oneOf"] as { $ref: string }[]).map(
        (one) => one.$ref.split("/").at(-1)!,
      );
      const tags = alternatives.flatMap((one) => {
        const property = at(schema, "$defs", one, "properties", tag);
        return property["enum"] ?? property["const"];
      });
      const listed = at(def, "properties", tag);
      expect([name, listed["enum"]]).toEqual([name, tags]);
    }
  });

  it("refuses by itself, in a validator of another making, what the language refuses", () => {
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const rule = (when: object, then: object = { side: "buy", quantity: "1" }) => ({
      type: "rule_based",
      rules: [{ when, then }],
    });
    const flat = { kind: "position", state: "flat" };
    const close = { kind: "field", field: "close" };
    const func = { kind: "func", name: "sma", field: "close", period: 20 };
    const compare = (left: object) => rule({ kind: "compare", left, op: ">", right: close });
    expect(validate(rule(flat))).toBe(true);
    expect(validate(compare(func))).toBe(true);
    for (const wrong of [
      rule({ ...flat, stat: 1 }),
      rule({ ...flat, kind: "positon" }),
      compare({ ...func, name: "smaa" }),
      compare({ ...func, field: "clos" }),
      compare({ ...func, period: 0 }),
      compare({ ...func, period: 100001 }),
      compare({ ...func, period: 1.5 }),
      compare({ ...func, offset: -1 }),
      compare({ ...func, source: close }),
      compare({ ...close, offset: -1 }),
      rule({ kind: "ema_trend", period: 0, direction: "above" }),
      rule(flat, { side: "buy", quantity: "0" }),
      rule(flat, { side: "buy", quantity: "-1" }),
      rule(flat, { side: "buy", quantity: 1 }),
      rule(flat, { side: "buy" }),
      rule(flat, { side: "buy", quantity: "1", close: true }),
      { type: "rsi_reversal", order_quantity: "0" },
      { config: {} },
      [],
    ]) {
      expect([wrong, validate(wrong)]).toEqual([wrong, false]);
    }
  });
});
