import { type Code, code } from "../../vector/code.ts";

/** Holds where all flags of the broker do, and on a bar that has the bit; bit 0 is that of every bar. */
interface Term {
  readonly flags: readonly Code[];
  readonly bit: number;
}

/** On which bars a program may do something: where any of the terms holds, or the code is not 0. */
export interface Some {
  readonly terms: readonly Term[];
  readonly code: Code | null;
}

export const ALWAYS = "always";
export const NEVER = "never";
export type Wakes = Some | typeof ALWAYS | typeof NEVER;

/** Terms that a conjunction may multiply to. */
const MOST_TERMS = 8;

export const byFlag = (flag: Code): Wakes => ({ terms: [{ flags: [flag], bit: 0 }], code: null });
export const byBit = (bit: number): Wakes => ({ terms: [{ flags: [], bit }], code: null });
export const byCode = (test: Code): Wakes => ({ terms: [], code: test });

export function either(a: Wakes, b: Wakes): Wakes {
  if (a === ALWAYS || b === ALWAYS) return ALWAYS;
  if (a === NEVER) return b;
  if (b === NEVER) return a;
  const codes = [a.code, b.code].flatMap((each) => each ?? []);
  return {
    terms: [...a.terms, ...b.terms],
    code: codes.length < 2 ? (codes[0] ?? null) : code`(${codes[0]!} | ${codes[1]!})`,
  };
}

/** @param bits the byte of the bar */
export function both(a: Wakes, of: () => Wakes, bits: () => Code): Wakes {
  if (a === NEVER) return NEVER;
  const b = of();
  if (a === ALWAYS) return b;
  if (b === ALWAYS) return a;
  if (b === NEVER) return NEVER;
  return product(a, b) ?? byCode(code`(${asCode(a, bits())} & ${asCode(b, bits())})`);
}

/** Terms of two conjunctions; null where they need two bits, or are many. */
function product(a: Some, b: Some): Some | null {
  if (a.code !== null || b.code !== null) return null;
  const terms: Term[] = [];
  for (const one of a.terms) {
    for (const other of b.terms) {
      if (one.bit !== 0 && other.bit !== 0 && one.bit !== other.bit) return null;
      terms.push({
        flags: [...new Set([...one.flags, ...other.flags])],
        bit: Math.max(one.bit, other.bit),
      });
    }
  }
  return terms.length <= MOST_TERMS ? { terms, code: null } : null;
}

/** Not 0 where it holds. */
function asCode({ terms, code: rest }: Some, bits: Code): Code {
  const all = terms.map(({ flags, bit }) =>
    flags.reduce((joined, flag) => code`(${joined} & ${flag})`, code`(${bits} >> ${bit} & 1)`),
  );
  return [...all, ...(rest === null ? [] : [rest])].reduce((a, b) => code`(${a} | ${b})`);
}

/** The bits on which a bar with any of them is not calm, as the flags stand. */
export function wantedBits({ terms }: Some): Code {
  const parts = terms.map(({ flags, bit }) => {
    const mask = code`${2 ** bit}`;
    if (flags.length === 0) return mask;
    const all = flags.reduce((a, b) => code`${a} && ${b}`);
    return code`(${all} ? ${mask} : 0)`;
  });
  return parts.reduce((a, b) => code`${a} | ${b}`);
}
