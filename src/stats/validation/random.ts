/**
 * xoshiro128** 1.1 (Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators, ACM Transactions on
 * Mathematical Software 47, 2021), its state filled from a 32-bit seed by splitmix32. Period 2^128 - 1; the same
 * numbers for a seed on every machine. Everything random in swymc's statistics comes from here.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  /** @param seed whole number; its low 32 bits count */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number, not ${seed}`);
    let state = seed >>> 0;
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0;
      return mix(state);
    };
    this.setState(next(), next(), next(), next());
  }

  /** The four words, not all of them 0. */
  setState(a: number, b: number, c: number, d: number): void {
    if ((a | b | c | d) === 0) throw new RangeError("a state of zeros gives zeros for ever");
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = d | 0;
  }

  /** 32 random bits as an unsigned number. */
  bits(): number {
    const product = Math.imul(this.b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result >>> 0;
  }

  /** See {@link uniformOf}. */
  uniform(): number {
    return uniformOf(this.bits());
  }

  /** Uniform whole number in [0, n), n from 1 to 2^32, without bias: bits beyond a multiple of n are drawn again. */
  below(n: number): number {
    const share = Math.floor(4294967296 / n);
    let index: number;
    do index = Math.floor(this.bits() / share);
    while (index >= n);
    return index;
  }

  /** Each element a number as of `below(n)`, in order: the same ones, with the state in locals. */
  fillBelow(into: Int32Array, n: number): void {
    let { a, b, c, d } = this;
    const share = Math.floor(4294967296 / n);
    for (let i = 0; i < into.length; ) {
      const product = Math.imul(b, 5);
      const bits = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      const index = Math.floor(bits / share);
      if (index < n) into[i++] = index;
    }
    this.setState(a, b, c, d);
  }
}

/** Of 32 random bits: uniform in (0, 1), a multiple of 2^-32 plus 2^-33, so that its logarithm is finite. */
export function uniformOf(bits: number): number {
  return (bits + 0.5) / 4294967296;
}

/** The finaliser of splitmix32, a bijection of 32 bits. */
function mix(x: number): number {
  let z = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** Fisher and Yates' shuffle in place (Knuth, The Art of Computer Programming 2, §3.4.2, algorithm P). */
export function shuffle(values: Float64Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
}
