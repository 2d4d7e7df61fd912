import { hash32 } from "./hash.ts";

const ROUNDS = 8;

/** Largest range that can be permuted: two halves of 26 bits. */
export const MAX_PERMUTED = 2 ** 52;

/**
 * A pseudo-random permutation of 0..count-1 that is computed entry by entry: a Feistel network over the next even power of
 * two, walked on until it lands inside (J. Black, P. Rogaway: Ciphers with arbitrary finite domains, 2002, §4).
 */
export function permutation(count: number, seed: number): (index: number) => number {
  const bits = Math.max(1, Math.ceil(Math.ceil(Math.log2(Math.max(2, count))) / 2));
  const half = 2 ** bits;
  return (index) => {
    let value = index;
    do value = encrypt(value, half, seed);
    while (value >= count);
    return value;
  };
}

function encrypt(value: number, half: number, seed: number): number {
  let left = Math.floor(value / half);
  let right = value % half;
  for (let round = 0; round < ROUNDS; round++) {
    const next = (left + (hash32(seed, round, right) % half)) % half;
    left = right;
    right = next;
  }
  return left * half + right;
}
