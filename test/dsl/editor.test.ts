import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { getLanguageService, type JSONSchema, TextDocument } from "vscode-json-languageservice";
import { indicators } from "../../src/indicators/registry.ts";
import { readSchema, schemaUrl } from "./schema-text.ts";

// The service that VS Code and other editors complete, explain and check JSON with.
const service = getLanguageService({
  schemaRequestService: (uri) => Promise.reject(new Error(`no request expected: ${uri}`)),
});
service.configure({
  validate: true,
  allowComments: false,
  schemas: [
    {
      uri: readSchema()["$id"] as string,
      fileMatch: ["*.json"],
      schema: readSchema() as JSONSchema,
    },
  ],
});

/** A document and the offset of the `|` in it. */
function open(marked: string) {
  const offset = Math.max(0, marked.indexOf("|"));
  const document = TextDocument.create("file:///rules.json", "json", 1, marked.replace("|", ""));
  return {
    document,
    json: service.parseJSONDocument(document),
    position: document.positionAt(offset),
  };
}

async function completions(marked: string): Promise<string[]> {
  const { document, json, position } = open(marked);
  const list = await service.doComplete(document, position, json);
  return (list?.items ?? []).map((item) => item.label).sort();
}

async function hover(marked: string): Promise<string> {
  const { document, json, position } = open(marked);
  const found = await service.doHover(document, position, json);
  return JSON.stringify(found?.contents ?? "").replaceAll("\\\\", "");
}

async function problems(text: string): Promise<string[]> {
  const { document, json } = open(text);
  const found = await service.doValidation(document, json);
  return found.map((one) => `${document.getText(one.range)}: ${one.message}`);
}

const rule = (when: string) =>
  `{"type":"rule_based","rules":[{"when":${when},"then":{"side":"buy","quantity":"1"}}]}`;

describe("an editor", () => {
  it("offers the kinds of conditions inside `when`", async () => {
    expect(await completions(rule('{"kind": |}'))).toEqual(
      [
        "all_of",
        "any_of",
        "bollinger",
        "compare",
        "cross_over",
        "cross_under",
        "ema_crossover",
        "ema_trend",
        "not",
        "position",
        "price_level",
        "rsi",
      ].map((kind) => `"${kind}"`),
    );
  });

  it("offers the properties of the kind that is written", async () => {
    expect(await completions(rule('{"kind": "rsi", |}'))).toEqual([
      "comment",
      "comparison",
      "period",
      "threshold",
    ]);
  });

  it("offers kinds of expressions, functions, columns, intervals and strategy types", async () => {
    const compare = (left: string) => rule(`{"kind":"compare","left":${left},"op":">","right":{}}`);
    expect(await completions(compare('{"kind": |}'))).toEqual([
      '"bin_op"',
      '"field"',
      '"func"',
      '"literal"',
    ]);
    expect(await completions(compare('{"kind": "func", "name": |}'))).toEqual(
      indicators.filter((one) => one.inRules === undefined).map((one) => JSON.stringify(one.name)),
    );
    expect(await completions(compare('{"kind": "field", "field": |}'))).toEqual([
      '"close"',
      '"high"',
      '"low"',
      '"open"',
      '"volume"',
    ]);
    expect(await completions('{"type": |}')).toEqual([
      '"bollinger_breakout"',
      '"default"',
      '"ema_crossover"',
      '"rsi_reversal"',
      '"rule_based"',
      '"simple_spread"',
    ]);
    expect(await completions('{"type": "default", "candle_interval": |}')).toContain('"1M"');
  });

  it("offers what a function takes", async () => {
    const labels = await completions(
      rule('{"kind":"compare","left":{"kind":"func","name":"bollinger",|},"op":">","right":{}}'),
    );
    expect(labels).toEqual([
      "comment",
      "field",
      "num_std_dev",
      "offset",
      "output",
      "period",
      "source",
    ]);
  });

  it("explains what the pointer is over", async () => {
    expect(await hover(rule('{"ki|nd": "rsi", "threshold": 30, "comparison": "below"}'))).toContain(
      "True while the RSI of close is on one side of a threshold.",
    );
    expect(await hover(rule('{"kind": "rsi", "threshold": |30, "comparison": "below"}'))).toContain(
      "Level of the RSI, which runs from 0 to 100.",
    );
    expect(await hover('{"config": {"execution": {"fees_percent": |0.1}}}')).toContain("fraction");
    const sma = '{"kind": "func", "name": "sma", "field": "close", "period": |20}';
    expect(
      await hover(rule(`{"kind": "compare", "left": ${sma}, "op": ">", "right": {}}`)),
    ).toContain("Number of bars averaged.");
  });

  it("finds nothing wrong with the documents in fixtures/rules", async () => {
    for (const name of ["ema_crossover", "liquidity_sweep", "ema_crossover_params", "paper_run"]) {
      const url = new URL(`../../fixtures/rules/${name}.json`, import.meta.url);
      // Without its `$schema`, which the service would try to load in place of the configured one.
      const { $schema: _, ...document } = JSON.parse(readFileSync(url, "utf8"));
      expect([name, await problems(JSON.stringify(document))]).toEqual([name, []]);
    }
  });

  it.each([
    [
      rule('{"kind": "positon", "state": "flat"}'),
      '"positon": Value is not accepted. Valid values: "ema_crossover"',
    ],
    [
      rule('{"kind": "position", "state": "flatt"}'),
      '"flatt": Value is not accepted. Valid values: "flat", "long", "short".',
    ],
    [
      rule('{"kind": "position", "state": "flat", "stat": 1}'),
      '"stat": Property stat is not allowed.',
    ],
    [rule('{"kind": "rsi", "comparison": "below"}'), 'Missing property "threshold".'],
    [
      rule('{"kind": "ema_trend", "period": 0, "direction": "above"}'),
      "0: Value is below the minimum of 1.",
    ],
    ['{"type": "rsi_reversal", "order_quantity": "0"}', '"0": String does not match the pattern'],
    ['{"config": {}}', 'Missing property "instrument".'],
  ])("marks what is wrong with %s", async (text, expected) => {
    expect((await problems(text)).join("\n")).toContain(expected);
  });

  it("stays quick on nested documents", async () => {
    const not = (depth: number) =>
      `${'{"kind":"not","condition":'.repeat(depth)}{"kind":"positon"}${"}".repeat(depth)}`;
    const source = (depth: number) =>
      `${'{"kind":"func","name":"sma","period":3,"source":'.repeat(depth)}{"kind":"fild"}${"}".repeat(depth)}`;
    const start = process.cpuUsage();
    expect(await problems(rule(not(50)))).not.toEqual([]);
    const compare = `{"kind":"compare","left":${source(50)},"op":">","right":${source(50)}}`;
    expect(await problems(rule(compare))).not.toEqual([]);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2);
  });

  it("reads the schema from the file that the package exports", () => {
    expect(schemaUrl.pathname).toMatch(/schemas\/rules\.schema\.json$/);
  });
});
