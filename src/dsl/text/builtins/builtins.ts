import { byNamespace } from "./drawing.ts";
import type { Builtins, Signature, Variable } from "./signature.ts";
import { functionsOf, variablesOf } from "./table.ts";
import { renamesOf } from "./versions/renames.ts";

const tables = new Map<number, Builtins>();

/** What scripts of a version, 1 to 6, can call and name. */
export function builtins(version: number): Builtins {
  let table = tables.get(version);
  if (table === undefined) {
    table = tableOf(version);
    tables.set(version, table);
  }
  return table;
}

function tableOf(version: number): Builtins {
  const functions = new Map<string, Signature[]>();
  for (const signature of functionsOf(version)) {
    const overloads = functions.get(signature.name);
    if (overloads === undefined) functions.set(signature.name, [signature]);
    else overloads.push(signature);
  }
  const variables = new Map<string, Variable>(
    variablesOf(version).map((variable) => [variable.name, variable]),
  );
  const renames = renamesOf(version);
  const calls = new Map(Object.entries(renames.functions));
  const names = new Map(Object.entries(renames.variables));
  return {
    functions: (name) => {
      const latest = calls.get(name) ?? name;
      return functions.get(latest) ?? byNamespace(latest);
    },
    variable: (name) => variables.get(names.get(name) ?? name),
    names: () =>
      new Set([...calls.keys(), ...names.keys(), ...functions.keys(), ...variables.keys()]),
    renamed: (name) => (calls.has(name) || names.has(name) ? undefined : newName(name)),
  };
}

const oldest = renamesOf(3);
/** Functions that became operators, and what was a function, too, but is rather meant as the variable. */
const meant: Readonly<Record<string, string>> = {
  iff: "?:",
  offset: "[]",
  tickerid: "syminfo.tickerid",
};

function newName(name: string): string | undefined {
  for (const table of [meant, oldest.functions, oldest.variables]) {
    if (Object.hasOwn(table, name)) return table[name];
  }
  return undefined;
}
