import { hash32 } from "./hash.ts";

/**
 * Degree s, coefficients a and initial numbers m of the second and later dimensions: the first lines of
 * new-joe-kuo-6.21201 (S. Joe, F. Y. Kuo: Constructing Sobol sequences with better two-dimensional projections, SIAM J.
 * Sci. Comput. 30, 2008; https://web.maths.unsw.edu.au/~fkuo/sobol/, copyright 2008 Frances Y. Kuo and Stephen Joe).
 */
const JOE_KUO: readonly (readonly [s: number, a: number, m: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

export const SOBOL_DIMENSIONS = JOE_KUO.length + 1;
const BITS = 32;

/**
 * Points of a Sobol sequence by their index, in the order of Antonov and Saleev (the Gray code of the index), which is
 * that of Joe and Kuo's program. A seed other than 0 shifts each dimension by fixed random bits.
 */
export function sobol(
  dimensions: number,
  seed: number,
): (index: number, dimension: number) => number {
  const directions = Array.from({ length: dimensions }, (_, d) => directionNumbers(d));
  const shifts = directions.map((_, d) => (seed === 0 ? 0 : hash32(seed, d, 0)));
  return (index, dimension) => {
    const numbers = directions[dimension]!;
    let gray = (index ^ (index >>> 1)) >>> 0;
    let bits = shifts[dimension]!;
    for (let k = 0; gray !== 0; k++, gray >>>= 1) if (gray & 1) bits ^= numbers[k]!;
    return (bits >>> 0) / 4294967296;
  };
}

function directionNumbers(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let k = 0; k < BITS; k++) v[k] = 2 ** (BITS - 1 - k);
    return v;
  }
  const [s, a, m] = JOE_KUO[dimension - 1]!;
  for (let k = 0; k < BITS; k++) {
    if (k < s) {
      v[k] = m[k]! * 2 ** (BITS - 1 - k);
      continue;
    }
    let next = v[k - s]! ^ (v[k - s]! >>> s);
    for (let j = 1; j < s; j++) if ((a >>> (s - 1 - j)) & 1) next ^= v[k - j]!;
    v[k] = next;
  }
  return v;
}
