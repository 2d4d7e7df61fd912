import { DRAWN, UNSUPPORTED_NAMESPACES } from "../../src/dsl/text/builtins/drawing.ts";
import type {
  Meaning,
  Signature,
  SignatureParam,
  Variable,
} from "../../src/dsl/text/builtins/index.ts";
import { functionsOf, variablesOf } from "../../src/dsl/text/builtins/table.ts";
import { renamesOf } from "../../src/dsl/text/builtins/versions/renames.ts";

const LATEST = 6;

/** The page docs/text-builtins.md, derived from the table of built-ins. */
export function textDocs(): string {
  const functions = functionsOf(LATEST);
  const variables = variablesOf(LATEST);
  return `${INTRODUCTION}
## Functions

${functionTables(functions.filter(({ means }) => means.to !== "dead" && means.to !== "unsupported"))}
## Variables and constants

${variableTables(variables.filter(({ value }) => value.to !== "dead" && value.to !== "unsupported"))}
## Left out

They draw, colour, tell or describe. A backtest does without them, whatever their arguments; it is an error only where an
order would depend on what they give.

${list(dead(functions).map((name) => `${name}()`))},
${DRAWN.map((name) => `\`${name}.*\``).join(", ")},
${list(variables.filter(({ value }) => value.to === "dead").map(({ name }) => name))}

## Not supported

An error where an order depends on it, and left out otherwise.

| name | instead |
|---|---|
${unsupported(functions, variables).join("\n")}

## Earlier versions

Scripts of version 3 and 4 use the names of their time; in later versions an old name is an error that tells the new one.

${renames()}
`;
}

function functionTables(functions: readonly Signature[]): string {
  return tables(
    functions,
    ({ name }) => name,
    (group) =>
      group.some(({ means }) => means.to === "indicator")
        ? `| function | indicator |\n|---|---|\n${group.map((one) => `| \`${shown(one)}\` | ${meaning(one.means)} |`).join("\n")}`
        : group.map((one) => `- \`${shown(one)}\``).join("\n"),
  );
}

function variableTables(variables: readonly Variable[]): string {
  return tables(
    variables,
    ({ name }) => name,
    (group) =>
      group.every(({ value }) => value.to === "const")
        ? list(group.map(({ name }) => name))
        : `| name | type |\n|---|---|\n${group.map(({ name, type, qualifier }) => `| \`${name}\` | ${qualifier} ${type} |`).join("\n")}`,
  );
}

function tables<T>(
  entries: readonly T[],
  nameOf: (entry: T) => string,
  rows: (group: readonly T[]) => string,
): string {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const dot = name.indexOf(".");
    const group = dot < 0 ? "" : name.slice(0, dot);
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, group]) =>
        `### ${name === "" ? "Without a namespace" : `${name}.*`}\n\n${rows(group)}\n`,
    )
    .join("\n");
}

function shown({ name, params, returns }: Signature): string {
  const result = typeof returns === "string" ? returns : `[${returns.join(", ")}]`;
  return `${name}(${params.map(parameter).join(", ")}) → ${result}`;
}

function parameter({ name, required, rest, standard }: SignatureParam): string {
  if (rest) return `${name}, …`;
  if (standard !== undefined)
    return `${name} = ${Number.isNaN(standard) ? "na" : JSON.stringify(standard)}`;
  return required ? name : `${name}?`;
}

function meaning(means: Meaning): string {
  return means.to === "indicator" ? `[\`${means.name}\`](indicators.md#${means.name})` : "";
}

/** Functions of which no form is computed. */
function dead(functions: readonly Signature[]): readonly string[] {
  const alive = new Set(
    functions.filter(({ means }) => means.to !== "dead").map(({ name }) => name),
  );
  return functions.map(({ name }) => name).filter((name) => !alive.has(name));
}

function unsupported(
  functions: readonly Signature[],
  variables: readonly Variable[],
): readonly string[] {
  const rows = [
    ...functions.flatMap((signature) => {
      const { means } = signature;
      return means.to === "unsupported" ? [`| \`${shown(signature)}\` | ${means.advice} |`] : [];
    }),
    ...Object.entries(UNSUPPORTED_NAMESPACES).map(
      ([namespace, advice]) => `| other functions of \`${namespace}.*\` | ${advice} |`,
    ),
    "| `line.all`, `table.*` and what drawings look like | keep what orders need in a variable of its own |",
    ...variables.flatMap(({ name, value }) =>
      value.to === "unsupported" ? [`| \`${name}\` | ${value.advice} |`] : [],
    ),
  ];
  return [...new Set(rows)];
}

function renames(): string {
  const three = renamesOf(3);
  const four = renamesOf(4);
  const rows = (["functions", "variables"] as const).flatMap((kind) =>
    Object.entries(three[kind]).map(([old, name]) => {
      const call = kind === "functions" ? "()" : "";
      const until = Object.hasOwn(four[kind], old) ? 4 : 3;
      return `| \`${old}${call}\` | \`${name}${call}\` | ${until} |`;
    }),
  );
  return `| old | new | up to version |\n|---|---|---|\n${rows.join("\n")}`;
}

const list = (names: readonly string[]) =>
  [...new Set(names)].map((name) => `\`${name}\``).join(", ");

const INTRODUCTION = `# What scripts can call

<!-- Made by \`npm run docs\` from src/dsl/text/builtins; edit the entries there. -->

The functions, variables and constants of the text language, under the names of version ${LATEST}. A parameter with \`?\` may be
left out, one with \`=\` has that default. Functions of several forms stand once for each. Numbers and warm-up of an indicator
are on [its page](indicators.md).
`;
