/** The best rows by score, in the order in which they came; of equal scores the earlier. An undefined score is the worst. */
export class BestRows {
  readonly #kept: number;
  readonly #width: number;
  /** A heap with the worst of the best on top: scores, numbers of the rows, and the rows at the same places. */
  readonly #scores: number[] = [];
  readonly #numbers: number[] = [];
  readonly #rows: Float64Array[] = [];
  #offered = 0;

  constructor(kept: number, width: number) {
    this.#kept = kept;
    this.#width = width;
  }

  /** Offers row `k` of a matrix. */
  offer(score: number, matrix: Float64Array, k: number): void {
    const number = this.#offered++;
    const value = Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
    const full = this.#scores.length === this.#kept;
    if (this.#kept === 0 || (full && value <= this.#scores[0]!)) return;
    const row = matrix.slice(k * this.#width, (k + 1) * this.#width);
    if (!full) {
      this.#scores.push(value);
      this.#numbers.push(number);
      this.#rows.push(row);
      this.#up(this.#scores.length - 1);
      return;
    }
    this.#scores[0] = value;
    this.#numbers[0] = number;
    this.#rows[0] = row;
    this.#down(0);
  }

  /** The rows as a matrix, at most `count` of the best, in the order in which they came. */
  rows(count: number): Float64Array {
    const places = this.#scores.map((_, k) => k);
    places.sort((a, b) => (this.#worse(a, b) ? 1 : -1));
    const best = places.slice(0, count).sort((a, b) => this.#numbers[a]! - this.#numbers[b]!);
    const rows = new Float64Array(best.length * this.#width);
    best.forEach((place, k) => {
      rows.set(this.#rows[place]!, k * this.#width);
    });
    return rows;
  }

  #worse(a: number, b: number): boolean {
    const [x, y] = [this.#scores[a]!, this.#scores[b]!];
    return x < y || (x === y && this.#numbers[a]! > this.#numbers[b]!);
  }

  #up(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >>> 1;
      if (!this.#worse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(from: number): void {
    for (let at = from; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#scores.length && this.#worse(child, least)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    for (const list of [this.#scores, this.#numbers, this.#rows] as unknown[][]) {
      [list[a], list[b]] = [list[b], list[a]];
    }
  }
}
