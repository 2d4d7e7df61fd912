import { bollinger } from "../../../src/indicators/index.ts";
import type { Dialect } from "../../../src/vector/kernel.ts";
import type { Judge } from "../judges.ts";

/**
 * What of a series a library is asked: `any`: all of it, with gaps; `trimmed`: gaps, but from the first value on,
 * where backtrader's lines start; `dense`: no gaps after the first value; `defined`: the values alone, without gaps.
 */
export type Part = "any" | "trimmed" | "dense" | "dense, trimmed" | "defined";

export type Subject = (x: Float64Array, period: number) => readonly ArrayLike<number>[];

/** That subjects of ours answer what the library answers. */
export interface Claim {
  readonly indicator: string;
  readonly part: Part;
  readonly judge: Judge;
  readonly subjects: Readonly<Record<string, Subject>>;
  /** Parameters after the period. */
  readonly more?: readonly number[];
  /** Shortest period that the library takes. */
  readonly from?: number;
  /** A period at which the library is known to be wrong over gaps. */
  readonly notOverGaps?: number;
}

type Kernel = (x: Float64Array, options: { period: number; dialect: Dialect }) => Float64Array;

/** The kernel in each dialect. */
export function kernels(
  name: string,
  kernel: Kernel,
  ...dialects: Dialect[]
): Record<string, Subject> {
  return Object.fromEntries(
    dialects.map((dialect) => [
      `${name} in ${dialect}`,
      (x: Float64Array, period: number) => [kernel(x, { period, dialect })],
    ]),
  );
}

/** Middle, upper and lower band in each dialect. */
export function bandsOf(k: number, ...dialects: Dialect[]): Record<string, Subject> {
  const subject = (dialect: Dialect) => (x: Float64Array, period: number) => {
    const { middle, upper, lower } = bollinger(x, { period, numStdDev: k, dialect });
    return [middle, upper, lower];
  };
  return Object.fromEntries(
    dialects.map((dialect) => [`bollinger in ${dialect}`, subject(dialect)]),
  );
}

/** A formula of the transcriptions. */
export const written = (
  name: string,
  f: (x: readonly number[], n: number) => number[],
): Record<string, Subject> => ({ [`transcription ${name}`]: (x, n) => [f(Array.from(x), n)] });
