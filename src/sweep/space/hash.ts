/** 32 bits that depend on all of three numbers (the finaliser of MurmurHash3, chained): the same on every machine. */
export function hash32(seed: number, a: number, b: number): number {
  let h = finalise(seed >>> 0, 0x9e3779b9);
  h = finalise(h ^ (a >>> 0), 0x85ebca6b);
  h = finalise(h ^ (Math.floor(a / 4294967296) >>> 0), 0xc2b2ae35);
  h = finalise(h ^ (b >>> 0), 0x27d4eb2f);
  return finalise(h ^ (Math.floor(b / 4294967296) >>> 0), 0x165667b1);
}

/** A number in [0, 1) with 53 random bits that depend on all of three numbers. */
export function unit(seed: number, a: number, b: number): number {
  const high = hash32(seed, a, b) >>> 6;
  const low = hash32(seed ^ 0x5bd1e995, a, b) >>> 5;
  return (high * 134217728 + low) / 9007199254740992;
}

function finalise(value: number, salt: number): number {
  let h = (value + salt) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
