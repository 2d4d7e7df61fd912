import { exactColumn } from "./exact.ts";

/** Quantities as whole numbers of 10^-decimals, so that sums are exact (SEMANTICS §5.10). */
export class Quantities {
  readonly decimals: number;
  /** Some are the result of a division (sizes), and so not exact. */
  readonly rounded: boolean;

  constructor(decimals: number, rounded = false) {
    this.decimals = decimals;
    this.rounded = rounded;
  }

  /** From a decimal string: `"0.25"`, `"1e-3"`. */
  parse(text: string): bigint {
    const [mantissa, exponent = "0"] = text.toLowerCase().split("e");
    const [whole, fraction = ""] = mantissa.split(".");
    const shift = this.decimals - fraction.length + Number(exponent);
    const digits = BigInt(whole + fraction);
    if (shift >= 0) return digits * 10n ** BigInt(shift);
    const divisor = 10n ** BigInt(-shift);
    if (digits % divisor !== 0n) throw new Error(`${text} has more than ${this.decimals} decimals`);
    return digits / divisor;
  }

  /** The quantity nearest to a double. */
  fromNumber(quantity: number): bigint {
    const { integers, denominator } = exactColumn([quantity]);
    return (2n * integers[0] * 10n ** BigInt(this.decimals) + denominator) / (2n * denominator);
  }

  /** The double nearest to the quantity. */
  toNumber(units: bigint): number {
    const sign = units < 0n ? "-" : "";
    const digits = (units < 0n ? -units : units).toString().padStart(this.decimals + 1, "0");
    const point = digits.length - this.decimals;
    return Number(`${sign}${digits.slice(0, point)}.${digits.slice(point)}`);
  }
}

/** How many decimals a decimal string needs. */
export function decimalsOf(text: string): number {
  const [mantissa, exponent = "0"] = text.toLowerCase().split("e");
  const fraction = (mantissa.split(".")[1] ?? "").replace(/0+$/, "");
  return Math.max(0, fraction.length - Number(exponent));
}
