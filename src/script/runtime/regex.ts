/** Pieces of a regular expression, as they are written. */
export type Piece =
  | { readonly kind: "one"; readonly of: CharTest }
  | { readonly kind: "at"; readonly test: PlaceTest }
  | { readonly kind: "row"; readonly of: readonly Piece[] }
  | { readonly kind: "either"; readonly of: readonly Piece[] }
  | {
      readonly kind: "repeat";
      readonly of: Piece;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    };

export type CharTest = (char: string) => boolean;
export type PlaceTest = (text: string, at: number) => boolean;

/** One step of a program; of two ways the first is tried first. */
type Step =
  | { readonly kind: "one"; readonly of: CharTest }
  | { readonly kind: "at"; readonly test: PlaceTest }
  | { readonly kind: "ways"; first: number; second: number }
  | { readonly kind: "found" };

/** What is wrong with a regular expression, in words. */
export class RegexProblem extends Error {}

/** Most steps that repeats like `a{500}` may unfold to, and most places of a text that are looked at. */
const MAX_STEPS = 2_000;
/** Repeats of nothing make no steps. */
const MAX_PIECES = 20_000;
const MAX_WORK = 1 << 26;

/**
 * A regular expression that no text can keep busy: each step of its program is tried at each place of the text once, which
 * is enough where nothing refers back to what a group has found. Characters are UTF-16 units.
 */
export class Regex {
  readonly #program: Step[] = [];
  #pieces = 0;

  constructor(piece: Piece) {
    this.#add(piece);
    this.#step({ kind: "found" });
  }

  /** The first place that matches, and there the way that is written first; "" where there is none. */
  find(text: string): string {
    const places = text.length + 1;
    if (this.#program.length * places > MAX_WORK) throw new RegexProblem("the text is too long");
    const tried = new Uint8Array(Math.ceil((this.#program.length * places) / 8));
    for (let start = 0; start < places; start++) {
      const end = this.#endFrom(text, start, tried);
      if (end >= 0) return text.slice(start, end);
    }
    return "";
  }

  #endFrom(text: string, start: number, tried: Uint8Array): number {
    const open = [0, start];
    while (open.length > 0) {
      const at = open.pop()!;
      const step = open.pop()!;
      const key = step * (text.length + 1) + at;
      if ((tried[key >> 3]! >> (key & 7)) & 1) continue;
      tried[key >> 3]! |= 1 << (key & 7);
      const now = this.#program[step]!;
      if (now.kind === "found") return at;
      if (now.kind === "ways") open.push(now.second, at, now.first, at);
      else if (now.kind === "at") {
        if (now.test(text, at)) open.push(step + 1, at);
      } else if (at < text.length && now.of(text[at]!)) open.push(step + 1, at + 1);
    }
    return -1;
  }

  #add(piece: Piece): void {
    if (++this.#pieces > MAX_PIECES) throw new RegexProblem("it is too large");
    switch (piece.kind) {
      case "one":
      case "at":
        this.#step(piece);
        return;
      case "row":
        for (const one of piece.of) this.#add(one);
        return;
      case "either":
        this.#either(piece.of);
        return;
      case "repeat":
        for (let k = 0; k < piece.least; k++) this.#add(piece.of);
        if (piece.most === Number.POSITIVE_INFINITY) this.#again(piece.of, piece.lazy);
        else this.#atMost(piece.of, piece.most - piece.least, piece.lazy);
    }
  }

  #either(ways: readonly Piece[]): void {
    const ends: Extract<Step, { kind: "ways" }>[] = [];
    ways.forEach((way, k) => {
      if (k === ways.length - 1) {
        this.#add(way);
        return;
      }
      const fork = this.#fork();
      this.#add(way);
      ends.push(this.#fork());
      fork.second = this.#program.length;
    });
    for (const end of ends) end.first = end.second = this.#program.length;
  }

  #again(of: Piece, lazy: boolean): void {
    const start = this.#program.length;
    const fork = this.#fork();
    this.#add(of);
    const back = this.#fork();
    back.first = back.second = start;
    this.#leave(fork, lazy);
  }

  #atMost(of: Piece, times: number, lazy: boolean): void {
    const forks = Array.from({ length: times }, () => {
      const fork = this.#fork();
      this.#add(of);
      return fork;
    });
    for (const fork of forks) this.#leave(fork, lazy);
  }

  /** What stands behind is the other way: tried first where the repeat is lazy. */
  #leave(fork: Extract<Step, { kind: "ways" }>, lazy: boolean): void {
    fork.second = this.#program.length;
    if (lazy) [fork.first, fork.second] = [fork.second, fork.first];
  }

  #fork(): Extract<Step, { kind: "ways" }> {
    const next = this.#program.length + 1;
    const fork = { kind: "ways" as const, first: next, second: next };
    this.#step(fork);
    return fork;
  }

  #step(step: Step): void {
    if (this.#program.push(step) > MAX_STEPS) throw new RegexProblem("it is too large");
  }
}
