import type { IndicatorDefinition, IndicatorParam } from "../../src/indicators/definition.ts";
import { camelCase } from "../../src/indicators/stream/index.ts";
import { DIALECTS } from "../../src/vector/kernel.ts";
import { warmupWords } from "./warmup-words.ts";

/** The page docs/indicators.md, derived from the registry. */
export function indicatorDocs(definitions: readonly IndicatorDefinition[]): string {
  const rows = definitions.map(
    ({ name, title, outputs }) => `| [\`${name}\`](#${name}) | ${title} | ${outputs.join(", ")} |`,
  );
  return `${INTRODUCTION}
| name | title | outputs |
|---|---|---|
${rows.join("\n")}

${definitions.map(section).join("\n")}`;
}

function section(definition: IndicatorDefinition): string {
  const {
    name,
    title,
    sources,
    outputs,
    formula,
    citation,
    params,
    dialects,
    inRules,
    apart = {},
  } = definition;
  const all = dialects.length === DIALECTS.length ? "all" : dialects.join(", ");
  return `## ${name}

${title}: \`${formula}\`
${params.length === 0 ? "" : `\n${table(params)}`}
- Reads ${list(sources)}, gives ${list(outputs)}.
- Warm-up: ${warmupWords(definition)}.
- Dialects: ${all}.${Object.entries(apart).map(([dialect, what]) => ` \`${dialect}\` as \`tv\`, though its library differs: ${what}.`)}
${inRules === undefined ? "" : `- In rules: ${inRules}.\n`}- Source: ${citation}.

\`\`\`ts
${examples(definition).join("\n")}
\`\`\`
`;
}

function table(params: readonly IndicatorParam[]): string {
  const rows = params.map(({ name, type, min, max, default: standard, doc }) => {
    const range = `${number(min)} to ${number(max)}`;
    return `| \`${name}\` | ${type} | ${range} | ${standard ?? "–"} | ${escapePipes(doc)} |`;
  });
  return `| parameter | type | range | default | meaning |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

/** One line for a whole series, one for a bar at a time, with the functions that the package exports. */
function examples(definition: IndicatorDefinition): string[] {
  const { name, sources, outputs, params } = definition;
  const batch = camelCase(name);
  const create = `create${batch[0].toUpperCase()}${batch.slice(1)}`;
  const numbers = params.map((p) => p.default ?? Math.max(p.min, Math.min(p.max, 20)));
  const options = params.map((p, k) => `${camelCase(p.name)}: ${numbers[k]}`).join(", ");
  const argument = options === "" ? "{}" : `{ ${options} }`;
  const record = outputs.length === 1 ? "values" : `{ ${outputs.join(", ")} }`;
  const last = outputs.length === 1 ? "value" : "outputs";
  const bar =
    sources.length === 1 ? valueOfBar(sources[0]) : `{ ${sources.map(fieldOfBar).join(", ")} }`;
  return [
    `const ${record} = ${batch}(${seriesOf(sources)}, ${argument});`,
    `const stream = ${create}(${argument});`,
    `const ${last} = stream.update(${bar}); // once per bar`,
  ];
}

/** What stands for the series that a caller chooses. */
const CHOSEN: Readonly<Record<string, string>> = {
  source: "close",
  other: "other",
  condition: "condition",
};

/** Freely chosen series come first, then the bars' columns as a record. */
function seriesOf(sources: readonly string[]): string {
  const fixed = sources.filter((source) => CHOSEN[source] === undefined);
  const free = sources.flatMap((source) => CHOSEN[source] ?? []);
  return [...free, ...(fixed.length === 0 ? [] : [`{ ${fixed.join(", ")} }`])].join(", ");
}

function fieldOfBar(source: string): string {
  return `${source}: ${valueOfBar(source)}`;
}

function valueOfBar(source: string): string {
  return `bar.${CHOSEN[source] ?? source}`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function escapePipes(text: string): string {
  return text.replaceAll("|", "\\|");
}

const INTRODUCTION = `# Indicators

<!-- Made by \`npm run docs\` from the definitions in src/indicators; edit them there. -->

Everything here comes from \`swymc/indicators\`, runs in Node and in browsers, and takes a \`Float64Array\`, an array of
numbers or an Arrow vector. NaN, null and ±Infinity are na. A result has a value for every bar; na during warm-up,
which counts from the source's first value.

- **Batch**: a function of the whole series. \`out\` names columns to write to.
- **Stream**: \`create…\` gives an object with \`update(x)\` for the next bar, \`replace(x)\`
  for another value of the bar that is still open, \`value\` of the last bar, and \`snapshot()\` and \`restore(s)\` for
  its state as plain JSON data. An indicator with several sources takes a record of them; one with several outputs
  returns a record, the same object each time. Batch and stream agree in every bit.
- **Dialect**: the library whose conventions apply, \`tv\` (TradingView) unless given. \`talib\` is TA-Lib 0.6,
  whose floors for tiny values later versions dropped; the versions that tests compare with stand in
  [test/oracle/requirements.txt](../test/oracle/requirements.txt).

Wrong arguments throw an \`IndicatorError\`, whose \`diagnostics\` are as everywhere in swymc.
`;
