import { describe, expect, test } from "vitest";
import * as library from "../../../src/indicators/index.ts";
import { indicators } from "../../../src/indicators/registry.ts";
import { camelCase } from "../../../src/indicators/stream/index.ts";
import { columnsOf } from "./bars.ts";
import { type AnyStream, collect, inputAt, optionsOf, streamOf, usualParams } from "./subject.ts";

type Constructor = (options?: object) => AnyStream;

const exported = library as unknown as Record<string, Constructor | undefined>;
const constructorOf = (name: string) => `create${name[0].toUpperCase()}${camelCase(name).slice(1)}`;
const bars = { style: "walk", seed: 7, length: 80, leading: 0, missing: 0 } as const;

describe("constructors of streams", () => {
  test("each is named after an indicator, and each indicator has one", () => {
    const names = indicators.map(({ name }) => constructorOf(name));
    const found = Object.keys(library).filter((name) => /^create[A-Z]/.test(name));
    expect(found.filter((name) => name !== "createStream").sort()).toEqual(names.sort());
  });

  for (const definition of indicators) {
    const create = exported[constructorOf(definition.name)] as Constructor;

    test(`${constructorOf(definition.name)} makes the stream of ${definition.name}`, () => {
      const columns = columnsOf(definition.sources, bars);
      const run = (stream: AnyStream) =>
        collect(definition, bars.length, (bar) => stream.update(inputAt(definition, columns, bar)));
      for (const dialect of definition.dialects) {
        const params = usualParams(definition);
        const numbers = optionsOf(definition, dialect, params);
        expect(run(create(numbers))).toEqual(run(streamOf(definition, dialect, params)));
      }
      if (definition.params.every((param) => param.default !== undefined)) {
        const defaults = definition.params.map((param) => param.default as number);
        expect(create().snapshot()).toEqual(streamOf(definition, "tv", defaults).snapshot());
      } else {
        expect(() => create({})).toThrow("indicator_param");
      }
    });
  }
});
