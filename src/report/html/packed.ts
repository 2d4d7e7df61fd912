/** A column within packed bytes. */
export interface PackedColumn {
  readonly name: string;
  readonly length: number;
  /** Values are whole numbers times 10^-decimals. */
  readonly decimals: number;
  /** Where its bytes begin. */
  readonly offset: number;
  /** Bytes of each value's code. */
  readonly width: number;
  /** A column packed before it, whose value is taken off; null: its own value before. */
  readonly base: string | null;
  /** How many indices before its own the base's value stands. */
  readonly lag: number;
  /** Units that stand for the value before the first, and for a base that is na. */
  readonly start: number;
}

/** How a column is packed. */
export interface Packing {
  /** Significant digits of the column's largest value that are kept; 8. */
  readonly digits?: number;
  /** See {@link PackedColumn.base}: for columns that stay near another, as high and low do near close. */
  readonly base?: string;
  /** See {@link PackedColumn.lag}; 0. An open is near the close before it. */
  readonly lag?: number;
}

export interface Packed {
  readonly columns: readonly PackedColumn[];
  readonly bytes: Uint8Array;
}

/** Significant digits that a picture keeps. */
export const DIGITS = 8;
const MAX_DECIMALS = 12;

/**
 * Columns as bytes: each value in whole units of 10^-decimals, its code the difference to its base in zigzag plus 1, or 0
 * for na. The lowest bytes of a column's codes stand first, then the next ones: bytes of one place have a distribution of
 * their own, which is what a Huffman code feeds on. 8 significant digits are all of a price.
 */
export function pack(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  packing: Readonly<Record<string, Packing>> = {},
): Packed {
  // One kind of array, so that the loops over them are compiled once.
  const floats = new Map(
    Object.entries(columns).map(([name, values]) => [
      name,
      values instanceof Float64Array ? values : Float64Array.from(values),
    ]),
  );
  const measured = [...floats].map(([name, values]) => {
    const { base = null, lag = 0, digits = DIGITS } = packing[name] ?? {};
    return { name, base, lag, decimals: decimalsOf(values, digits) };
  });
  // Columns that are differences of one another are in the same unit.
  const unitOf = (name: string) =>
    Math.max(...measured.filter((c) => c.name === name || c.base === name).map((c) => c.decimals));
  const writer = new Writer([...floats.values()].reduce((sum, { length }) => sum + length, 0));
  const bases = new Map<string, Float64Array>();
  const written = measured.map(({ name, base, lag }): PackedColumn => {
    const values = floats.get(name)!;
    const decimals = unitOf(base ?? name);
    const scale = 10 ** decimals;
    if (base !== null && !bases.has(base)) bases.set(base, unitsOf(floats.get(base)!, scale));
    const start = firstUnits(values, scale);
    const near = { base: base === null ? null : bases.get(base)!, lag, start };
    const offset = writer.length;
    const width = writer.column(values, scale, near);
    return { name, length: values.length, decimals, offset, width, base, lag, start };
  });
  return { columns: written, bytes: writer.finish() };
}

/**
 * The values of a packed column, na as NaN.
 * @param base the values of the column's base, where it has one
 */
export function unpack(
  bytes: Uint8Array,
  { length, decimals, offset, width, lag, start }: PackedColumn,
  base: Float64Array | null = null,
): Float64Array {
  const values = new Float64Array(length);
  for (let plane = width - 1; plane >= 0; plane--) {
    const from = offset + plane * length;
    for (let i = 0; i < length; i++) values[i] = 256 * values[i]! + bytes[from + i]!;
  }
  const scale = 10 ** decimals;
  let before = start;
  for (let i = 0; i < length; i++) {
    const code = values[i]!;
    if (code === 0) {
      values[i] = Number.NaN;
      continue;
    }
    if (base !== null) before = i < lag ? start : unitsOr(start, base[i - lag]!, scale);
    before += differenceOf(code);
    values[i] = before / scale;
  }
  return values;
}

/** Not `Math.round`, which branches on whether a value is above its half. */
function nearest(value: number): number {
  return Math.floor(value + 0.5);
}

function unitsOr(start: number, value: number, scale: number): number {
  return Number.isNaN(value) ? start : nearest(value * scale);
}

/** The first value that is known. */
function firstUnits(values: Float64Array, scale: number): number {
  let i = 0;
  while (i < values.length && Number.isNaN(values[i]!)) i++;
  return i === values.length ? 0 : nearest(values[i]! * scale);
}

/** The fewest decimals that lose nothing, at most those that `digits` leave. */
function decimalsOf(values: Float64Array, digits: number): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > largest) largest = size;
  }
  if (largest === 0) return 0;
  const whole = Math.floor(Math.log10(largest)) + 1;
  const most = Math.max(0, Math.min(MAX_DECIMALS, digits - whole));
  let decimals = 0;
  for (let i = 0; decimals < most; decimals++) {
    i = firstFraction(values, i, 10 ** decimals);
    if (i === values.length) break;
  }
  return decimals;
}

/** The first index from `from` on whose value is not a whole number of units. */
function firstFraction(values: Float64Array, from: number, scale: number): number {
  let i = from;
  while (i < values.length && isWhole(values[i]!, scale)) i++;
  return i;
}

function isWhole(value: number, scale: number): boolean {
  return nearest(value * scale) / scale === value || Number.isNaN(value);
}

/** Of a base, once for all columns that are differences to it. */
function unitsOf(values: Float64Array, scale: number): Float64Array {
  const units = new Float64Array(values.length);
  for (let i = 0; i < units.length; i++) units[i] = nearest(values[i]! * scale);
  return units;
}

/** What a column's values are differences to; `base`: units, null for the value before. */
interface Near {
  readonly base: Float64Array | null;
  readonly lag: number;
  readonly start: number;
}

/** A code's bytes that are written in one pass; columns of larger ones are rare. */
const COMMON_WIDTH = 4;

class Writer {
  length = 0;
  private bytes: Uint8Array;

  /** @param values of all columns together */
  constructor(values: number) {
    this.bytes = new Uint8Array(COMMON_WIDTH * values);
  }

  /** Appends a column and returns the bytes per value. */
  column(values: Float64Array, scale: number, near: Near): number {
    const { length } = values;
    this.reserve(COMMON_WIDTH * length);
    const space = this.bytes.subarray(this.length, this.length + COMMON_WIDTH * length);
    const { base } = near;
    const most =
      base === null
        ? changes(values, scale, near.start, space)
        : distances(values, scale, { ...near, base }, space);
    const width = most === null ? this.wide(values, scale, near) : bytesFor(most);
    this.length += width * length;
    return width;
  }

  private wide(values: Float64Array, scale: number, near: Near): number {
    const codes = wideCodes(values, scale, near);
    let largest = 0;
    for (const code of codes) if (code > largest) largest = code;
    const width = bytesFor(largest);
    this.reserve(width * codes.length);
    for (let place = 0, at = this.length; place < width; place++) {
      const unit = 256 ** place;
      for (const code of codes) {
        const rest = Math.floor(code / unit);
        this.bytes[at++] = rest - 256 * Math.floor(rest / 256);
      }
    }
    return width;
  }

  /** Makes room for so many bytes. */
  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + count, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

function bytesFor(largest: number): number {
  let width = 1;
  while (largest >= 256 ** width) width++;
  return width;
}

/**
 * Writes the low bytes of the codes of what each value differs from the one before it, na left out.
 * @returns all codes or-ed; null where one is beyond the reach of bit operations
 */
function changes(
  values: Float64Array,
  scale: number,
  start: number,
  into: Uint8Array,
): number | null {
  const n = values.length;
  let before = start;
  let all = 0;
  let large = false;
  for (let i = 0; i < n; i++) {
    const units = nearest(values[i]! * scale);
    let code = 0;
    if (!Number.isNaN(units)) {
      const difference = units - before;
      before = units;
      if (difference > MOST || difference < -MOST) large = true;
      code = codeOf(difference) | 0;
    }
    into[i] = code;
    into[i + n] = code >>> 8;
    into[i + 2 * n] = code >>> 16;
    into[i + 3 * n] = code >>> 24;
    all |= code;
  }
  return large ? null : all;
}

/** The same of what each value differs from its base. */
function distances(
  values: Float64Array,
  scale: number,
  { base, lag, start }: Near & { readonly base: Float64Array },
  into: Uint8Array,
): number | null {
  const n = values.length;
  let all = 0;
  let large = false;
  for (let i = 0; i < n; i++) {
    const units = nearest(values[i]! * scale);
    let code = 0;
    if (!Number.isNaN(units)) {
      const from = i < lag ? start : base[i - lag]!;
      const difference = units - (Number.isNaN(from) ? start : from);
      if (difference > MOST || difference < -MOST) large = true;
      code = codeOf(difference) | 0;
    }
    into[i] = code;
    into[i + n] = code >>> 8;
    into[i + 2 * n] = code >>> 16;
    into[i + 3 * n] = code >>> 24;
    all |= code;
  }
  return large ? null : all;
}

/** Codes of differences up to this are whole numbers of 31 bits. */
const MOST = 2 ** 30 - 1;

function wideCodes(values: Float64Array, scale: number, { base, lag, start }: Near): Float64Array {
  let before = start;
  return values.map((value, i) => {
    const units = nearest(value * scale);
    if (Number.isNaN(units)) return 0;
    const from = base === null ? before : i < lag ? start : base[i - lag]!;
    before = units;
    return codeOf(units - (Number.isNaN(from) ? start : from));
  });
}

/** Zigzag, plus 1: 0, -1, 1, -2 … are 1, 2, 3, 4 … Without a branch on the sign, which is as likely as not. */
function codeOf(difference: number): number {
  return 2 * Math.abs(difference) + Number(difference >= 0);
}

function differenceOf(code: number): number {
  const half = Math.floor(code / 2);
  return code - 2 * half === 1 ? half : -half;
}
