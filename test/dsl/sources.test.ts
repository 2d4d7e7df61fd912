import { describe, expect, it } from "vitest";
import { parseRules } from "../../src/dsl/parse-rules.ts";

const strategy = { type: "rsi_reversal", order_quantity: "1" };

function found(source: unknown): string[] {
  return parseRules(source).diagnostics.map((one) => `${one.code} ${one.pointer ?? "-"}`);
}

describe("a document may come as", () => {
  it("text, with or without byte order mark", () => {
    const text = JSON.stringify(strategy);
    expect(parseRules(text).document?.strategy).toEqual(strategy);
    expect(parseRules(`\ufeff${text}`).document?.strategy).toEqual(strategy);
  });

  it("UTF-8 bytes, with or without byte order mark", () => {
    const bytes = Buffer.from(JSON.stringify({ ...strategy, comment: "naïve 🙂" }));
    expect(parseRules(bytes).document?.strategy.comment).toBe("naïve 🙂");
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    expect(parseRules(marked).document?.strategy.comment).toBe("naïve 🙂");
  });

  it("an object, whose undefined properties count as left out", () => {
    expect(parseRules({ ...strategy, dialect: undefined }).document?.strategy).toEqual(strategy);
    expect(parseRules(Object.assign(Object.create(null), strategy)).document).toBeDefined();
  });

  it("an object, of which no part is kept", () => {
    const source = { ...strategy, params: { n: { default: 1 } } };
    const { document } = parseRules(source);
    source.params.n.default = 2;
    expect(document?.strategy.params?.["n"].default).toBe(1);
  });

  it("an object: positions are those in its JSON text", () => {
    const { diagnostics, text } = parseRules({ ...strategy, rsi_period: 0 });
    expect(text.text).toBe(JSON.stringify({ ...strategy, rsi_period: 0 }, null, 2));
    expect(diagnostics[0].span).toMatchObject({ line: 4, column: 17 });
  });
});

describe("is refused, not thrown at:", () => {
  const cyclic: Record<string, unknown> = { ...strategy };
  cyclic["self"] = { list: [cyclic] };
  const deep = Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], 1);

  it.each<[string, unknown, string[]]>([
    ["undefined", undefined, ["not_json_value "]],
    ["a function", () => strategy, ["not_json_value "]],
    ["a symbol", Symbol("x"), ["not_json_value "]],
    ["a bigint", 1n, ["not_json_value "]],
    ["null", null, ["wrong_type "]],
    ["a number", 5, ["wrong_type "]],
    ["NaN", Number.NaN, ["not_json_value "]],
    ["an array", [strategy], ["wrong_type "]],
    ["a nested function", { ...strategy, a: { b: () => 1 } }, ["not_json_value /a/b"]],
    ["a nested bigint", { ...strategy, interval_secs: 5n }, ["not_json_value /interval_secs"]],
    ["a nested Infinity", { ...strategy, spread: Infinity }, ["not_json_value /spread"]],
    [
      "a hole in an array",
      { type: "rule_based", rules: new Array(2) },
      ["not_json_value /rules/0"],
    ],
    ["a date", { ...strategy, comment: new Date(0) }, ["not_json_value /comment"]],
    ["a map", new Map([["type", "default"]]), ["not_json_value "]],
    ["a cycle", cyclic, ["not_json_value /self/list/0"]],
    ["a deep nest", deep, [`document_too_deep ${"/0".repeat(64)}`]],
    ["a huge array", new Array(1e9).fill(1, 0, 20_000), ["document_too_many_nodes /9999"]],
    ["a huge text", { type: "x".repeat(2 ** 21) }, ["document_too_large -"]],
    [
      "a getter that throws",
      {
        get type() {
          throw new Error("no");
        },
      },
      ["not_json_value "],
    ],
    [
      "a proxy that throws",
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("no");
          },
        },
      ),
      ["not_json_value "],
    ],
    ["an unpaired surrogate", '{"type":"default","comment":"\ud800"}', ["not_unicode -"]],
    [
      "an escaped unpaired surrogate",
      '{"type":"default","comment":"\\udc00"}',
      ["not_unicode /comment"],
    ],
    ["malformed UTF-8", new Uint8Array([0x7b, 0xc3, 0x28, 0x7d]), ["not_unicode -"]],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), ["not_unicode -"]],
    ["nothing", "", ["json_syntax -"]],
    ["no bytes", new Uint8Array(0), ["json_syntax -"]],
  ])("%s", (_, source, expected) => {
    expect(found(source)).toEqual(expected);
    expect(parseRules(source).document).toBeUndefined();
  });
});

describe("a value of the wrong type is told once", () => {
  it.each([null, 5, "x", [], true])("an action that is %j", (then) => {
    const document = {
      type: "rule_based",
      rules: [{ when: { kind: "position", state: "flat" }, then }],
    };
    expect(found(document)).toEqual(["wrong_type /rules/0/then"]);
  });

  it.each([null, 5, "x", [], true])("a function that is %j", (left) => {
    const right = { kind: "literal", value: 1 };
    const when = {
      kind: "cross_over",
      left: { kind: "func", name: "sma", period: 3, source: left },
      right,
    };
    const document = { type: "rule_based", rules: [{ when, then: { side: "sell", close: true } }] };
    expect(found(document)).toEqual(["wrong_type /rules/0/when/left/source"]);
  });
});

describe("names of JavaScript's own", () => {
  it("are unknown properties like others and change no prototype", () => {
    const text =
      '{"type":"default","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    expect(found(text)).toEqual(["unknown_property /__proto__", "unknown_property /constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("do not stand for what a document leaves out", () => {
    expect(found('{"__proto__":{"type":"default"}}')).toEqual(["missing_property "]);
    expect(found('{"type":"toString"}')).toEqual(["unknown_strategy /type"]);
    expect(found('{"type":"constructor"}')).toEqual(["unknown_strategy /type"]);
  });

  it("are no names of parameters", () => {
    const text =
      '{"type":"rsi_reversal","order_quantity":"1","rsi_period":{"param":"constructor"},"params":{}}';
    expect(found(text).sort()).toEqual([
      "bad_param_name /rsi_period/param",
      "undeclared_param /rsi_period/param",
    ]);
  });
});

describe("places", () => {
  const text = '{\n  "type": "rsi_reversal",\n  "order_quantity": "1"\n}';

  it("are found by JSON pointer", () => {
    const { locate } = parseRules(text, { file: "a.json" });
    expect(locate("/order_quantity")).toEqual({
      file: "a.json",
      pointer: "/order_quantity",
      span: { offset: 48, length: 3, line: 3, column: 21 },
    });
    expect(locate("/order_quantity", "key").span).toMatchObject({ line: 3, column: 3, length: 16 });
    expect(locate("").span).toMatchObject({ offset: 0, length: text.length });
  });

  it("fall back to what contains a missing value", () => {
    const { locate } = parseRules(text);
    expect(locate("/rsi_period")).toMatchObject({ pointer: "", span: { line: 1, column: 1 } });
  });

  it("carry the file's name", () => {
    expect(parseRules("{", { file: "a.json" }).diagnostics[0].file).toBe("a.json");
    expect(parseRules(undefined, { file: "a.json" }).diagnostics[0].file).toBe("a.json");
    expect(parseRules("[".repeat(99), { file: "a.json" }).diagnostics[0].file).toBe("a.json");
  });
});
