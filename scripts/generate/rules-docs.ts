import { LIMITS } from "../../src/dsl/limits.ts";
import { propertyTable } from "./rules-docs-table.ts";
import type { JsonSchema } from "./rules-schema.ts";

/** The text of docs/rules.md, made from the schema. `npm run sync` writes it; a test holds it. */
export function rulesDocs(schema: JsonSchema): string {
  const defs = schema["$defs"] as Record<string, JsonSchema>;
  const section = (name: string) => `### ${defs[name]["title"]}\n\n${body(name)}`;
  const body = (name: string) => {
    const { description } = defs[name];
    return `${description}\n\n${propertyTable(name, schema, (key) => !EVERYWHERE.includes(key))}\n`;
  };
  const family = (name: string) => alternatives(defs[name]).map(section).join("\n");
  const common = `Every strategy also takes:\n\n${propertyTable("strategy_rule_based", schema, (key) => STRATEGIES.includes(key))}`;
  return [
    INTRODUCTION,
    `## Limits\n\n${limits(defs)}`,
    `## Strategies\n\n${tags(defs["strategy"], "type", defs)}\n${common}\n`,
    family("strategy"),
    "## Rules\n",
    section("rule"),
    section("action"),
    section("size"),
    section("size_volatility_target"),
    section("size_kelly"),
    section("exits"),
    section("exit_distance"),
    section("exit_atr"),
    `## Conditions\n\n${CONDITIONS}\n${tags(defs["condition"], "kind", defs)}\n${family("condition")}`,
    `## Expressions\n\n${EXPRESSIONS}\n${tags(defs["expression"], "kind", defs)}`,
    alternatives(defs["expression"]).map(section).join("\n"),
    `## Functions\n\n${FUNCTIONS}\n${tags(defs["func"], "name", defs)}\n${family("func")}`,
    `## Parameters\n\n${PARAMETERS}\n${body("param_declaration")}`,
    `## Paper-run bodies\n\n${PAPER_RUN}\n`,
    PAPER_RUN_PARTS.map(section).join("\n"),
  ].join("\n");
}

const STRATEGIES = ["candle_interval", "dialect", "params"];
/** Told once, in the introduction or in front of the strategies. */
const EVERYWHERE = ["comment", "$schema", ...STRATEGIES];

const PAPER_RUN_PARTS = [
  "paper_run",
  "paper_run_config",
  "instrument",
  "underlying",
  "execution",
  "initial_state",
  "asset_balance",
  "balance",
  "instrument_state",
];

function alternatives(def: JsonSchema): readonly string[] {
  return (def["oneOf"] as { $ref: string }[]).map((one) => one.$ref.split("/").at(-1)!);
}

function tags(def: JsonSchema, tag: string, defs: Record<string, JsonSchema>): string {
  const rows = alternatives(def).flatMap((name) => {
    const property = (defs[name]["properties"] as Record<string, JsonSchema>)[tag];
    const words = (property["enum"] ?? [property["const"]]) as readonly string[];
    return words.map((word) => `| \`${word}\` | ${defs[name]["description"]} |`);
  });
  return `| \`${tag}\` | |\n|---|---|\n${rows.join("\n")}\n`;
}

function limits(defs: Record<string, JsonSchema>): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const period = (defs["condition_ema_trend"]["properties"] as Record<string, JsonSchema>)[
    "period"
  ];
  const [min, max] = [period["minimum"] as number, period["maximum"] as number];
  const rows = [
    [
      "size of the document",
      `${number(LIMITS.bytes)} bytes of UTF-8 (1 MiB)`,
      "document_too_large",
    ],
    ["brackets nested in each other", number(LIMITS.depth), "document_too_deep"],
    ["JSON values (property names do not count)", number(LIMITS.nodes), "document_too_many_nodes"],
    ["characters of a property name", number(LIMITS.nameLength), "name_too_long"],
    ["period of an indicator", `${number(min)} to ${number(max)} bars`, "period_out_of_range"],
    ["offset", `0 to ${number(max)} bars`, "negative_offset` or `number_out_of_range"],
    ["quantity", "positive, 15 digits before and 12 after the point", "bad_quantity"],
    ["numbers", "finite as 64-bit floating point", "number_overflow"],
    ["errors listed", number(LIMITS.diagnostics), "too_many_errors"],
    ["warnings listed", number(LIMITS.diagnostics), "too_many_warnings"],
  ];
  const body = rows.map(([what, limit, code]) => `| ${what} | ${limit} | \`${code}\` |`).join("\n");
  return `| what | limit | diagnostic |\n|---|---|---|\n${body}\n`;
}

const INTRODUCTION = `# The rule language

<!-- Made by \`npm run sync\` from schemas/rules.schema.json; edit the descriptions there. -->

A rule document is JSON (RFC 8259, UTF-8, no comments) in one of two forms: a strategy, or the body of a
paper run that wraps one. \`schemas/rules.schema.json\` (exported as \`swymc/schemas/rules.json\`) is the
reference that \`swymc check\` validates with, that editors complete with, and that this page is made from.
Unknown properties are errors. Every object takes a \`comment\`. What can be wrong with a document is listed
in [diagnostics.md](diagnostics.md).

\`\`\`json
{
  "$schema": "./node_modules/swymc/schemas/rules.schema.json",
  "type": "rule_based",
  "candle_interval": "1h",
  "rules": [
    {
      "when": {
        "kind": "all_of",
        "conditions": [
          { "kind": "position", "state": "flat" },
          { "kind": "rsi", "period": 14, "threshold": 30, "comparison": "below" }
        ]
      },
      "then": { "side": "buy", "quantity": "0.001" }
    }
  ]
}
\`\`\`
`;

const CONDITIONS = `A condition is true, false or unknown: unknown where a value does not exist yet (na). \`not\` of unknown is
unknown, and a rule fires only on true, so no rule can fire on data that does not exist yet.
`;

const EXPRESSIONS = `An expression is a number per bar. Arithmetic with na gives na, and so does a division by zero. Offsets count
bars backwards; looking ahead is impossible.
`;

const FUNCTIONS = `Every registered indicator is a function. It reads either the column \`field\` or the expression \`source\`;
some read columns by themselves, a second series \`other\`, or look back for a \`condition\`.
Every function takes \`offset\` as well: its value that many bars ago.
`;

const PARAMETERS = `\`params\` declares numbers by name; \`{"param": "fast"}\` stands wherever a number stands. Values are given by
\`--param fast=12\` or the \`params\` option, and swept. Default, minimum, maximum and steps must suit every
place that uses the parameter.

\`\`\`json
{
  "type": "ema_crossover",
  "order_quantity": "0.001",
  "params": { "fast": { "default": 12, "min": 2, "max": 100, "step": 1 } },
  "fast_period": { "param": "fast" }
}
\`\`\`
`;

const PAPER_RUN = `A document with \`config\` is the body of a paper run. Its account, times and costs apply unless command-line
flags override them; the result states both.`;
