import { functionsOf } from "./functions.ts";
import { ledgerVariables, strategyConstants } from "./ledger.ts";
import type { Builtins, Signature, Variable } from "./signature.ts";
import { bars, indicatorVariables } from "./variables.ts";
import { RENAMED_IN_5 } from "./versions/renames.ts";

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
    [...bars(), ...indicatorVariables(), ...ledgerVariables(), ...strategyConstants(version)].map(
      (variable) => [variable.name, variable],
    ),
  );
  const renames = new Map(version <= 4 ? Object.entries(RENAMED_IN_5) : []);
  const latest = (name: string) => renames.get(name) ?? name;
  return {
    functions: (name) => functions.get(latest(name)) ?? [],
    variable: (name) => variables.get(latest(name)),
    names: () => [...renames.keys(), ...functions.keys(), ...variables.keys()],
    renamed: (name) => (version <= 4 ? undefined : RENAMED_IN_5[name]),
  };
}
