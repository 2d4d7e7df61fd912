import type { ScriptProgram } from "../program/script-program.ts";
import type { SubUnit, Unit } from "../script/unit.ts";
import type { EmittedModule } from "./emit-module.ts";
import { packed } from "./generated/script-parts.ts";
import { literal } from "./literal.ts";
import { unpackParts } from "./parts.ts";
import { scriptModuleTypes } from "./script-dts.ts";
import type { UnitData } from "./script-runtime.ts";

/**
 * A script as an ES module that stands alone: the runtime with its broker, the indicators it needs, its columns and bar loop as
 * functions. Exports `strategyId`, `warmup`, `params`, `run`.
 */
export function emitScriptModule(program: ScriptProgram): EmittedModule {
  const { unit, core } = program.code();
  const units: Unit[] = [];
  const data = unitData(unit, program, units);
  const names = [...new Set(units.flatMap(indicatorsOf))].sort();
  const { runtime, indicators } = unpackParts(packed);
  const definitions = names.map((name) => `  ${name}: (() => {\n${indicators[name]}})(),\n`);
  const { version, settings, inputs } = core;
  const parts = { core: { version, settings, inputs }, unit: data };
  const code = `// A trading strategy compiled by swymc. It stands alone: no dependency, no code made from text.
const { createScript } = (() => {
${runtime}})();

const indicators = {
${definitions.join("")}};

const code = [
${units.map(({ source }) => `(H) => {\n${source}\n}`).join(",\n")}
];

const data = ${literal(parts)};

const script = createScript({ ...data, code, indicators });

export const strategyId = ${literal(program.strategyId())};
// Infinity where the script depends on all earlier bars.
export const warmup = ${program.warmup()};
export const params = ${literal(program.params)};
export const run = script.run;
`;
  return { code, dts: scriptModuleTypes() };
}

/** A unit without its functions, which get a number in the order of `units`. */
function unitData(unit: Unit, program: ScriptProgram, units: Unit[]): UnitData {
  const code = units.push(unit) - 1;
  const { source, prologue, loop, maps, dependencies, subs, spans, ...data } = unit;
  return {
    ...data,
    code,
    subs: subs.map((sub: SubUnit) => ({ ...sub, unit: unitData(sub.unit, program, units) })),
    spans: spans.map((span) => {
      const { line = 1, column = 1 } = program.placeOf(span).span ?? {};
      return { ...span, line, column };
    }),
  };
}

function indicatorsOf({ steps, sites, subs }: Unit): string[] {
  return [
    ...steps.flatMap((step) => (step.kind === "indicator" ? [step.name] : [])),
    ...sites.map(({ name }) => name),
    ...(subs.some(({ heikinashi }) => heikinashi) ? ["heikin_ashi"] : []),
  ];
}
