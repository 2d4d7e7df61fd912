/** The values that one parameter takes in a sweep, as plain data. */
export type Values =
  | { readonly kind: "list"; readonly values: readonly number[] }
  /** (first + i · by) / scale: with whole numbers and a power of ten, the doubles that the decimals are written as. */
  | {
      readonly kind: "steps";
      readonly first: number;
      readonly by: number;
      readonly scale: number;
      readonly count: number;
    }
  /** Any number of a range, evenly or by its logarithm. */
  | {
      readonly kind: "real";
      readonly min: number;
      readonly max: number;
      readonly logarithmic: boolean;
    };

/** One dimension of a space. */
export interface Axis {
  /** Name or JSON pointer of the parameter. */
  readonly name: string;
  /** Its place among the parameters of the program. */
  readonly index: number;
  readonly values: Values;
}

/** How many values there are; Infinity where any number of a range is one. */
export function countOf(values: Values): number {
  switch (values.kind) {
    case "list":
      return values.values.length;
    case "steps":
      return values.count;
    case "real":
      return Number.POSITIVE_INFINITY;
  }
}

/** The value at an index of a finite axis. */
export function valueAt(values: Values, index: number): number {
  switch (values.kind) {
    case "list":
      return values.values[index]!;
    case "steps": {
      const { first, by, scale } = values;
      return (first + index * by) / scale;
    }
    case "real":
      throw new RangeError("a range of real numbers has no indices");
  }
}

/** The value at a share `u` of the axis, 0 <= u < 1. */
export function valueAtShare(values: Values, u: number): number {
  if (values.kind !== "real") return valueAt(values, Math.floor(u * countOf(values)));
  const { min, max, logarithmic } = values;
  if (!logarithmic) return Math.min(max, min + u * (max - min));
  return Math.min(max, Math.max(min, Math.exp(Math.log(min) + u * Math.log(max / min))));
}

/** All values of a finite axis, at most `limit` of them. */
export function listValues(values: Values, limit: number): number[] {
  return Array.from({ length: Math.min(countOf(values), limit) }, (_, i) => valueAt(values, i));
}

/** Steps from `min` to at most `max`. Decimals of up to 15 digits give the doubles that they are written as. */
export function steps(min: number, max: number, step: number): Values {
  const scale = 10 ** Math.min(15, Math.max(...[min, max, step].map(decimals)));
  const whole = [min, max, step].map((value) => Math.round(value * scale));
  const [first, last, by] = whole as [number, number, number];
  const exact = whole.every((value) => Math.abs(value) < 2 ** 53) && by > 0;
  return exact
    ? { kind: "steps", first, by, scale, count: Math.floor((last - first) / by) + 1 }
    : { kind: "steps", first: min, by: step, scale: 1, count: Math.floor((max - min) / step) + 1 };
}

function decimals(value: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  const places = (digits!.split(".")[1] ?? "").length - Number(exponent);
  return Math.max(0, places);
}
