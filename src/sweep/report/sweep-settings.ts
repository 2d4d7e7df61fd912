import type { Metadata } from "../rows/metadata.ts";
import { countOf, listValues, type Values, valueAt } from "../space/axis.ts";

type Setting = readonly [name: string, value: string];

/** What a sweep was made of, as names and values to be read. */
export function sweepSettings(metadata: Metadata): Setting[] {
  const { manifest, command, complete, trials, planned } = metadata;
  const { jobs, strategies, options, search, samples, seed } = manifest;
  const series = new Map(
    jobs.map(({ source, symbol, interval, bars, fingerprint }) => [
      fingerprint,
      [source, symbol, interval, `${bars} bars`].filter((part) => part !== null).join(" · "),
    ]),
  );
  const searched = [search, samples && `${samples} samples`, seed === null ? null : `seed ${seed}`];
  return [
    ["swymc", manifest.swymc],
    ["trials", complete ? String(trials) : `${trials} of ${planned}, stopped before the end`],
    ["search", searched.filter((part) => part).join(", ")],
    ["objective", manifest.objective],
    ...strategies.flatMap(({ name, axes, where, params }) => [
      ...Object.entries(axes).map(
        ([axis, values]): Setting => [
          `${name}: ${axis}`,
          valuesText(values as Values, params.find((param) => param.name === axis)?.labels ?? null),
        ],
      ),
      ...where.map((condition): Setting => [`${name}: where`, condition]),
    ]),
    ...[...series].map(([print, about]): Setting => [`data ${print.slice(0, 12)}`, about]),
    ...Object.entries(options).map(([name, value]): Setting => [name, text(value)]),
    ...(command === null ? [] : [["command", command.join(" ")] satisfies Setting]),
  ];
}

function valuesText(values: Values, labels: readonly string[] | null): string {
  switch (values.kind) {
    case "list": {
      const shown = listValues(values, 40).map((value) => labels?.[value] ?? String(value));
      return [...shown, ...(countOf(values) > 40 ? ["…"] : [])].join(", ");
    }
    case "steps": {
      const [first, last] = [valueAt(values, 0), valueAt(values, values.count - 1)];
      return `${first} to ${last} by ${values.by / values.scale}`;
    }
    case "real":
      return `any number from ${values.min} to ${values.max}${values.logarithmic ? ", by its logarithm" : ""}`;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
