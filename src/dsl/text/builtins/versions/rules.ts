/** What else than names differs between versions. */
export interface LanguageRules {
  /** A number stands for a bool: all but 0 and na are true. */
  readonly numbersAsBools: boolean;
  /** `bool x = na` and `na(b)` are allowed. */
  readonly naBools: boolean;
  /** `and`, `or` compute the right side only where it counts. */
  readonly lazyLogic: boolean;
  /** A division of two const ints is truncated. */
  readonly truncatingDivision: boolean;
  /** Orders take `when=`. */
  readonly when: boolean;
  /** The direction of an order is a bool, true for long. */
  readonly boolDirection: boolean;
  /** `s = nz(s[1]) + close`: a variable may read its own past in its declaration. */
  readonly selfReference: boolean;
  /** What `lookahead=` of a security is where it is left out. */
  readonly lookahead: boolean;
  /** strategy.exit takes the nearer of limit and profit, of stop and loss, of trail_price and trail_points; before, the absolute one. */
  readonly exitTakesNearer: boolean;
  /** `array.get(a, -1)` is the last element. */
  readonly negativeIndices: boolean;
  /** `5[1]` is an error. */
  readonly noPastOfLiterals: boolean;
  /** `input(true, defval=true)`: an argument may be given again by name; the first one counts. */
  readonly namedAgain: boolean;
  /** The end of `for` is computed anew on each turn. */
  readonly movingLoopEnd: boolean;
}

export function languageRules(version: number): LanguageRules {
  const six = version >= 6;
  return {
    numbersAsBools: !six,
    naBools: !six,
    lazyLogic: six,
    truncatingDivision: !six,
    when: !six,
    boolDirection: version <= 4,
    selfReference: version <= 2,
    lookahead: version <= 2,
    exitTakesNearer: six,
    negativeIndices: six,
    noPastOfLiterals: six,
    namedAgain: !six,
    movingLoopEnd: six,
  };
}
