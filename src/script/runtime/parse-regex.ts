import { type CharTest, type Piece, type PlaceTest, Regex, RegexProblem } from "./regex.ts";

const isDigit: CharTest = (c) => c >= "0" && c <= "9";
const isWord: CharTest = (c) => /^\w$/.test(c);
const isSpace: CharTest = (c) => " \t\n\v\f\r".includes(c);
const not =
  (of: CharTest): CharTest =>
  (c) =>
    !of(c);
const SETS: Readonly<Record<string, CharTest>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
const SIGNS: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

const atWordEdge: PlaceTest = (text, at) => isWord(text[at - 1] ?? " ") !== isWord(text[at] ?? " ");
const PLACES: Readonly<Record<string, PlaceTest>> = {
  b: atWordEdge,
  B: (text, at) => !atWordEdge(text, at),
};

const MAX_DEPTH = 100;

/**
 * A regular expression as Java has it, without what looks around or refers back: characters, classes, groups, alternatives and
 * repeats, greedy or lazy; `(?i)` at the beginning. Throws RegexProblem.
 */
export function parseRegex(pattern: string): Regex {
  const blind = pattern.startsWith("(?i)");
  const reader = new Reader(blind ? pattern.slice(4) : pattern, blind);
  const piece = reader.alternatives(0);
  if (!reader.ended) throw new RegexProblem("a ) has no (");
  return new Regex(piece);
}

class Reader {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly blind: boolean,
  ) {}

  get ended(): boolean {
    return this.#at >= this.text.length;
  }

  alternatives(depth: number): Piece {
    if (depth > MAX_DEPTH) throw new RegexProblem("its groups nest too deep");
    const ways = [this.#row(depth)];
    while (this.#take("|")) ways.push(this.#row(depth));
    return ways.length === 1 ? ways[0]! : { kind: "either", of: ways };
  }

  #row(depth: number): Piece {
    const of: Piece[] = [];
    while (!this.ended && !"|)".includes(this.#now)) of.push(this.#repeated(this.#piece(depth)));
    return { kind: "row", of };
  }

  #repeated(of: Piece): Piece {
    const [least, most] = this.#times();
    if (least < 0) return of;
    const lazy = this.#take("?");
    if (this.#take("+")) throw new RegexProblem("possessive repeats are not supported");
    if (!this.ended && "*?".includes(this.#now)) throw new RegexProblem("a repeat is repeated");
    return { kind: "repeat", of, least, most, lazy };
  }

  /** [-1, -1] where nothing is repeated. */
  #times(): readonly [number, number] {
    const many = Number.POSITIVE_INFINITY;
    if (this.#take("*")) return [0, many];
    if (this.#take("+")) return [1, many];
    if (this.#take("?")) return [0, 1];
    const counted = /^\{(\d{1,4})(,(\d{1,4})?)?\}/.exec(this.text.slice(this.#at, this.#at + 12));
    if (counted === null) return [-1, -1];
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : counted[3] === undefined ? many : +counted[3];
    if (most < least) throw new RegexProblem(`${counted[0]} counts backwards`);
    return [least, most];
  }

  #piece(depth: number): Piece {
    const sign = this.#next();
    switch (sign) {
      case "(":
        return this.#group(depth);
      case "[":
        return this.#one(this.#class());
      case ".":
        return this.#one((c) => !"\n\r\u0085\u2028\u2029".includes(c));
      case "^":
        return { kind: "at", test: (_, at) => at === 0 };
      case "$":
        return { kind: "at", test: (text, at) => at === text.length };
      case "\\":
        return this.#escaped();
      case "*":
      case "+":
      case "?":
        throw new RegexProblem(`${sign} has nothing to repeat`);
      default:
        return this.#one((c) => c === sign);
    }
  }

  #group(depth: number): Piece {
    if (this.#take("?")) {
      const named = /^(?::|<[A-Za-z]\w*>)/.exec(this.text.slice(this.#at));
      if (named === null) throw new RegexProblem("groups that look around are not supported");
      this.#at += named[0].length;
    }
    const inner = this.alternatives(depth + 1);
    if (!this.#take(")")) throw new RegexProblem("a ( has no )");
    return inner;
  }

  #escaped(): Piece {
    const sign = this.#next();
    const place = PLACES[sign];
    return place === undefined ? this.#one(this.#meant(sign)) : { kind: "at", test: place };
  }

  /** What a backslash and a sign stand for, in a class or outside of one. */
  #meant(sign: string): CharTest {
    const set = SETS[sign];
    if (set !== undefined) return set;
    const char = SIGNS[sign] ?? sign;
    if (char === sign && isWord(sign)) throw new RegexProblem(`\\${sign} is not supported`);
    return (c) => c === char;
  }

  #class(): CharTest {
    const negated = this.#take("^");
    const of: CharTest[] = [];
    for (let first = true; first || !this.#take("]"); first = false) {
      const sign = this.#next();
      if (sign === "[" || this.text.startsWith("&&", this.#at - 1))
        throw new RegexProblem("classes of classes are not supported; write \\[");
      of.push(sign === "\\" ? this.#meant(this.#next()) : this.#range(sign));
    }
    const any: CharTest = (c) => of.some((test) => test(c));
    return negated ? not(any) : any;
  }

  #range(from: string): CharTest {
    const last = this.text[this.#at + 1];
    if (this.#now !== "-" || last === "]" || last === undefined || last === "\\")
      return (c) => c === from;
    this.#at += 2;
    if (last < from) throw new RegexProblem(`${from}-${last} goes backwards`);
    return (c) => c >= from && c <= last;
  }

  #one(of: CharTest): Piece {
    if (!this.blind) return { kind: "one", of };
    return { kind: "one", of: (c) => of(c) || of(c.toLowerCase()) || of(c.toUpperCase()) };
  }

  get #now(): string {
    return this.text[this.#at] ?? "";
  }

  #next(): string {
    if (this.ended) throw new RegexProblem("it ends too early");
    return this.text[this.#at++]!;
  }

  #take(sign: string): boolean {
    if (this.#now !== sign) return false;
    this.#at++;
    return true;
  }
}
