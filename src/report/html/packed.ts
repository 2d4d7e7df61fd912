/** A column within packed bytes. */
export interface PackedColumn {
  readonly name: string;
  readonly length: number;
  /** Values are whole numbers times 10^-decimals. */
  readonly decimals: number;
  /** Where its bytes begin. */
  readonly offset: number;
  /** A column packed before it, whose value at the same index is taken off; null: its own value before. */
  readonly base: string | null;
}

/** How a column is packed. */
export interface Packing {
  /** Significant digits of the column's largest value that are kept; 8. */
  readonly digits?: number;
  /** See {@link PackedColumn.base}: for columns that stay near another, as high and low do near close. */
  readonly base?: string;
}

export interface Packed {
  readonly columns: readonly PackedColumn[];
  readonly bytes: Uint8Array;
}

/** Significant digits that a picture keeps. */
export const DIGITS = 8;
const MAX_DECIMALS = 12;

/**
 * Columns as bytes: each value in whole units of 10^-decimals, the difference to its base as a zigzag varint
 * (7 bits a byte, low ones first) plus 1; a single 0 is na. 8 significant digits are all of a price.
 */
export function pack(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  packing: Readonly<Record<string, Packing>> = {},
): Packed {
  const writer = new Writer();
  // One kind of array, so that the loops over them are compiled once.
  const floats = new Map(
    Object.entries(columns).map(([name, values]) => [
      name,
      values instanceof Float64Array ? values : Float64Array.from(values),
    ]),
  );
  const packed = [...floats].map(([name, values]): PackedColumn => {
    const { base = null } = packing[name] ?? {};
    const decimals = decimalsOf(values, packing[name]?.digits ?? DIGITS);
    return { name, length: values.length, decimals, offset: 0, base };
  });
  // Columns that are differences of one another are in the same unit.
  const decimals = (name: string) =>
    Math.max(...packed.filter((c) => c.name === name || c.base === name).map((c) => c.decimals));
  const bases = new Map<string, Float64Array>();
  const written = packed.map((column): PackedColumn => {
    const { name, base } = column;
    const unit = decimals(base ?? name);
    const offset = writer.length;
    if (base !== null && !bases.has(base)) bases.set(base, allUnits(floats.get(base)!, 10 ** unit));
    writer.column(floats.get(name)!, base === null ? null : bases.get(base)!, 10 ** unit);
    return { ...column, decimals: unit, offset };
  });
  return { columns: written, bytes: writer.finish() };
}

/**
 * The values of a packed column, na as NaN.
 * @param base the values of the column's base, where it has one
 */
export function unpack(
  bytes: Uint8Array,
  column: PackedColumn,
  base: Float64Array | null = null,
): Float64Array {
  const values = new Float64Array(column.length);
  const scale = 10 ** column.decimals;
  let at = column.offset;
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    let code = 0;
    let factor = 1;
    let byte: number;
    do {
      byte = bytes[at++]!;
      code += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    if (code === 0) {
      values[i] = Number.NaN;
      continue;
    }
    const zigzag = code - 1;
    const from = base === null ? before : unitsOf(base[i]!, scale);
    before = from + (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2);
    values[i] = before / scale;
  }
  return values;
}

/** Where a base is na, a value stands by itself. */
function unitsOf(value: number, scale: number): number {
  return Number.isNaN(value) ? 0 : Math.round(value * scale);
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
  for (let i = 0; i < values.length && decimals < most; i++) {
    const value = values[i]!;
    while (decimals < most && !isWhole(value, 10 ** decimals)) decimals++;
  }
  return decimals;
}

function isWhole(value: number, scale: number): boolean {
  return Number.isNaN(value) || Math.round(value * scale) / scale === value;
}

/** Of a base, once for all columns that are differences to it. */
function allUnits(values: Float64Array, scale: number): Float64Array {
  const units = new Float64Array(values.length);
  for (let i = 0; i < units.length; i++) units[i] = unitsOf(values[i]!, scale);
  return units;
}

/** Bytes of the longest varint: differences stay below 2^56. */
const MOST_BYTES = 8;

class Writer {
  length = 0;
  private bytes = new Uint8Array(1 << 16);

  /** @param base units of the column that this one is near; null: each value's own is the one before */
  column(values: Float64Array, base: Float64Array | null, scale: number): void {
    this.reserve(MOST_BYTES * values.length);
    const { bytes } = this;
    let at = this.length;
    let before = 0;
    for (let i = 0; i < values.length; i++) {
      const units = Math.round(values[i]! * scale);
      if (Number.isNaN(units)) {
        bytes[at++] = 0;
        continue;
      }
      const difference = units - (base === null ? before : base[i]!);
      before = units;
      if (difference < MOST_SMALL && difference > -MOST_SMALL) {
        // Zigzag by bits: no branch on the sign, which is as likely as not.
        const whole = difference | 0;
        let rest = 1 + ((whole << 1) ^ (whole >> 31));
        while (rest > 127) {
          bytes[at++] = 128 | (rest & 127);
          rest >>>= 7;
        }
        bytes[at++] = rest;
      } else at = writeLarge(bytes, at, 1 + 2 * Math.abs(difference) - (difference < 0 ? 1 : 0));
    }
    this.length = at;
  }

  /** Makes room for so many bytes. */
  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + count, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Differences below this fit a varint of 31 bits. */
const MOST_SMALL = 2 ** 29;

/** A varint beyond the reach of bit operations. */
function writeLarge(bytes: Uint8Array, from: number, code: number): number {
  let at = from;
  let rest = code;
  while (rest > 127) {
    bytes[at++] = 128 | (rest % 128);
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}
