import { describe, expect, test } from "vitest";
import type { IndicatorDefinition } from "../../../src/indicators/definition.ts";
import * as api from "../../../src/indicators/index.ts";
import { indicators } from "../../../src/indicators/registry.ts";
import { camelCase } from "../../../src/indicators/stream/index.ts";
import { columnsOf } from "./bars.ts";
import { optionsOf, usualParams } from "./subject.ts";

type Options = Record<string, unknown>;
const functions = api as unknown as Record<string, CallableFunction | undefined>;

/** The functions that take an indicator's numbers, by name. */
function functionsOf(definition: IndicatorDefinition): [string, (options: Options) => unknown][] {
  const name = camelCase(definition.name);
  const create = `create${name[0].toUpperCase()}${name.slice(1)}`;
  const batch = functions[name];
  const bars = { style: "walk", seed: 1, length: 30, leading: 0, missing: 0 } as const;
  const series = seriesOf(definition, columnsOf(definition.sources, bars));
  return [
    [create, (options: Options) => functions[create]?.(options)],
    [name, (options: Options) => batch?.(...series, options)],
  ];
}

const FREE = ["source", "other", "condition"];

/** Freely chosen series come first, then the bars' columns as a record. */
function seriesOf({ sources }: IndicatorDefinition, columns: readonly Float64Array[]): unknown[] {
  const pairs = sources.map((source, k) => [source, columns[k]] as const);
  const free = pairs.filter(([source]) => FREE.includes(source)).map(([, column]) => column);
  const fixed = pairs.filter(([source]) => !FREE.includes(source));
  return [...free, ...(fixed.length === 0 ? [] : [Object.fromEntries(fixed)])];
}

const thrownBy = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

for (const definition of indicators) {
  for (const [name, call] of functionsOf(definition)) {
    const usual = optionsOf(definition, definition.dialects[0], usualParams(definition));

    describe(name, () => {
      test("is exported", () => {
        expect(call(usual)).toBeDefined();
      });

      for (const { name: snake, type, min, max, default: standard } of definition.params) {
        const param = camelCase(snake);
        test(`takes ${param} from ${min} to ${max}, both included`, () => {
          for (const value of [min, max]) expect(call({ ...usual, [param]: value })).toBeDefined();
        });

        test(`refuses any other ${param}`, () => {
          const below = type === "int" ? min - 1 : min - Math.max(Number.MIN_VALUE, min * 2e-16);
          const above = type === "int" ? max + 1 : max * (1 + 2e-16);
          const wrong = [below, above, Number.NaN, Number.POSITIVE_INFINITY, "5", null, {}];
          if (type === "int") wrong.push(min + 0.5);
          for (const value of wrong) {
            const error = thrownBy(() => call({ ...usual, [param]: value }));
            if (value === null && error === undefined && standard !== undefined) continue;
            expect(error, String(value)).toBeInstanceOf(api.IndicatorError);
            expect((error as api.IndicatorError).diagnostics[0].code).toBe("indicator_param");
          }
        });
      }

      test("refuses unknown dialects", () => {
        for (const dialect of ["TV", "constructor", "__proto__"]) {
          const error = thrownBy(() => call({ ...usual, dialect }));
          expect((error as api.IndicatorError).diagnostics[0].code).toBe("indicator_dialect");
        }
      });
    });
  }

  const batch = functions[camelCase(definition.name)];
  if (batch === undefined) continue;
  test(`${definition.name} in place is right or refused`, () => {
    const bars = { style: "walk", seed: 1, length: 60, leading: 0, missing: 0.1 } as const;
    const { sources, outputs } = definition;
    const usual = optionsOf(definition, definition.dialects[0], usualParams(definition));
    const before = columnsOf(sources, bars);
    const wanted = batch(...seriesOf(definition, before), usual);
    for (const output of outputs) {
      for (let s = 0; s < sources.length; s++) {
        const columns = columnsOf(sources, bars);
        const out = outputs.length === 1 ? columns[s] : { [output]: columns[s] };
        let found: unknown;
        const error = thrownBy(() => {
          found = batch(...seriesOf(definition, columns), { ...usual, out });
        });
        if (error === undefined) expect(found).toEqual(wanted);
        else {
          expect((error as api.IndicatorError).diagnostics[0].code).toBe("indicator_out_shared");
          expect(columns).toEqual(before);
        }
      }
    }
  });
}
