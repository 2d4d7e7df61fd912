import { type Code, code, Name } from "./code.ts";
import type { Dialect } from "./kernel.ts";

/**
 * What a cross remembers from bar to bar, three bits: P the earlier relation lets it fire, Q it fired
 * in this streak (vectorbt), K an earlier pair is known.
 */
export type CrossState = Int32Array;

const P = 0;
const Q = 1;
const K = 2;

/** Bits of this bar's pair: a > b, a < b, a == b. All 0 where one is na. */
type Step = (state: CrossState, g: number, l: number, e: number) => number;

interface CrossMachine {
  /** Fires or, for `not`, is known not to fire; then moves the state on. */
  readonly step: Step;
  readonly emit: (v: CrossNames) => { fire: Code; next: readonly Code[] };
}

interface CrossNames {
  readonly p: Name;
  readonly q: Name;
  readonly k: Name;
  readonly g: Name;
  readonly l: Name;
  readonly e: Name;
}

/** Against the last earlier bar where both were defined (TradingView). */
const lastDefined: CrossMachine = {
  step(s, g, l, e) {
    const fire = g & s[P];
    s[P] = l | e | (s[P] & (1 ^ g));
    s[K] |= g | l | e;
    return fire;
  },
  emit: ({ p, k, g, l, e }) => ({
    fire: code`${g} & ${p}`,
    next: [code`${p} = ${l} | ${e} | (${p} & (1 ^ ${g}));`, code`${k} |= ${g} | ${l} | ${e};`],
  }),
};

/** Against the bar before, na or not: `(a > b) & (a.shift() <= b.shift())`. */
const previousBar: CrossMachine = {
  step(s, g, l, e) {
    const fire = g & s[P];
    s[P] = l | e;
    s[K] = g | l | e;
    return fire;
  },
  emit: ({ p, k, g, l, e }) => ({
    fire: code`${g} & ${p}`,
    next: [code`${p} = ${l} | ${e};`, code`${k} = ${g} | ${l} | ${e};`],
  }),
};

/** Against the last difference that was not zero; na forgets it (backtrader's NonZeroDifference). */
const lastNonZero: CrossMachine = {
  step(s, g, l, e) {
    const fire = g & s[P];
    s[P] = l | (s[P] & e);
    s[K] = g | l | e;
    return fire;
  },
  emit: ({ p, k, g, l, e }) => ({
    fire: code`${g} & ${p}`,
    next: [code`${p} = ${l} | (${p} & ${e});`, code`${k} = ${g} | ${l} | ${e};`],
  }),
};

/** Armed by a < b once, fires on each rise above after a touch (vectorbt's crossed_above). */
const armed: CrossMachine = {
  step(s, g, l, e) {
    const fire = g & s[P] & (1 ^ s[Q]);
    s[Q] = s[P] & g;
    s[P] = (s[P] | l) & (g | l | e);
    s[K] = g | l | e;
    return fire;
  },
  emit: ({ p, q, k, g, l, e }) => ({
    fire: code`${g} & ${p} & (1 ^ ${q})`,
    next: [
      code`${q} = ${p} & ${g};`,
      code`${p} = (${p} | ${l}) & (${g} | ${l} | ${e});`,
      code`${k} = ${g} | ${l} | ${e};`,
    ],
  }),
};

const MACHINES: Record<Dialect, CrossMachine> = {
  tv: lastDefined,
  talib: lastDefined,
  backtrader: lastNonZero,
  pandas: previousBar,
  vectorbt: armed,
};

/** One bar of a cross; `negated`: 1 where it is known not to fire. */
export function stepCross(
  dialect: Dialect,
  negated: boolean,
  state: CrossState,
  a: number,
  b: number,
): number {
  const g = +(a > b);
  const l = +(a < b);
  const e = +(a === b);
  const known = state[K] & (g | l | e);
  const fire = MACHINES[dialect].step(state, g, l, e);
  return negated ? known & (1 ^ fire) : fire;
}

/** The same as statements: sets `result`, moves the state variables p, q, k of this number on. */
export function emitCross(
  dialect: Dialect,
  negated: boolean,
  index: number,
  a: Name,
  b: Name,
  result: Name,
): Code[] {
  const names: CrossNames = {
    p: new Name("p", index),
    q: new Name("q", index),
    k: new Name("k", index),
    g: new Name("g", index),
    l: new Name("h", index),
    e: new Name("e", index),
  };
  const { g, l, e, k } = names;
  const { fire, next } = MACHINES[dialect].emit(names);
  const head = code`const ${g} = +(${a} > ${b}), ${l} = +(${a} < ${b}), ${e} = +(${a} === ${b});`;
  const value = negated
    ? code`const ${result} = ${k} & (${g} | ${l} | ${e}) & (1 ^ (${fire}));`
    : code`const ${result} = ${fire};`;
  return [head, value, ...next];
}
