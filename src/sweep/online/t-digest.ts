/** Numbers that are merged at once; fixed, so that the same numbers in the same order always give the same digest. */
const BUFFER = 2_048;
/** Bounds the number of centroids. */
const COMPRESSION = 200;

/**
 * Quantiles of a stream in constant memory: the merging t-digest with the scale function k1 (T. Dunning, O. Ertl: Computing
 * extremely accurate quantiles using t-digests, 2019). Exact up to the size of its buffer; NaN does not count.
 */
export class TDigest {
  #means = new Float64Array(0);
  #weights = new Float64Array(0);
  readonly #buffer = new Float64Array(BUFFER);
  #buffered = 0;
  #least = Number.POSITIVE_INFINITY;
  #greatest = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** How many numbers it has seen. */
  get count(): number {
    return this.#count;
  }

  add(value: number): void {
    if (Number.isNaN(value)) return;
    if (value < this.#least) this.#least = value;
    if (value > this.#greatest) this.#greatest = value;
    this.#count++;
    this.#buffer[this.#buffered++] = value;
    if (this.#buffered === BUFFER) this.#merge();
  }

  /** The number below which a share `q` of them lies, 0 <= q <= 1; NaN where there are none. */
  quantile(q: number): number {
    if (this.#count === 0) return Number.NaN;
    if (this.#means.length === 0) return exactQuantile(this.#buffer.slice(0, this.#buffered), q);
    this.#merge();
    const [means, weights] = [this.#means, this.#weights];
    const target = q * this.#count;
    let before = 0;
    let [left, leftMean] = [0, this.#least];
    for (let k = 0; k < means.length; k++) {
      const middle = before + weights[k]! / 2;
      if (target <= middle) return between(left, leftMean, middle, means[k]!, target);
      [left, leftMean] = [middle, means[k]!];
      before += weights[k]!;
    }
    return between(left, leftMean, this.#count, this.#greatest, target);
  }

  #merge(): void {
    if (this.#buffered === 0) return;
    const values = this.#buffer.slice(0, this.#buffered).sort();
    this.#buffered = 0;
    const total = this.#count;
    const [means, weights]: [number[], number[]] = [[], []];
    let [a, b, before] = [0, 0, 0];
    let limit = nextLimit(0, total);
    while (a < this.#means.length || b < values.length) {
      const fromDigest =
        b >= values.length || (a < this.#means.length && this.#means[a]! <= values[b]!);
      const mean = fromDigest ? this.#means[a]! : values[b]!;
      const weight = fromDigest ? this.#weights[a++]! : 1;
      if (!fromDigest) b++;
      const last = means.length - 1;
      if (last >= 0 && before + weights[last]! + weight <= limit) {
        weights[last]! += weight;
        means[last]! += ((mean - means[last]!) * weight) / weights[last]!;
      } else {
        if (last >= 0) {
          before += weights[last]!;
          limit = nextLimit(before / total, total);
        }
        means.push(mean);
        weights.push(weight);
      }
    }
    this.#means = Float64Array.from(means);
    this.#weights = Float64Array.from(weights);
  }
}

/** How many numbers may lie at or below the end of a centroid that begins at share q: one step of k1. */
function nextLimit(q: number, total: number): number {
  const k = (COMPRESSION / (2 * Math.PI)) * Math.asin(2 * q - 1) + 1;
  const bound = Math.min((k * 2 * Math.PI) / COMPRESSION, Math.PI / 2);
  return (total * (Math.sin(bound) + 1)) / 2;
}

function exactQuantile(values: Float64Array, q: number): number {
  values.sort();
  const at = q * (values.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, values.length - 1);
  return values[low]! + (at - low) * (values[high]! - values[low]!);
}

function between(x0: number, y0: number, x1: number, y1: number, x: number): number {
  return x1 <= x0 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
