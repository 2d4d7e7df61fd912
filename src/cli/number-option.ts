import { InvalidArgumentError } from "commander";

interface Bounds {
  readonly min?: number;
  /** The bound itself is refused too. */
  readonly above?: number;
  readonly below?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A commander parser for a plain decimal number within bounds. */
export function numberOption(bounds: Bounds): (text: string) => number {
  return (text) => {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    if (!fits(value, bounds)) throw new InvalidArgumentError(`Expected ${describe(bounds)}.`);
    return value;
  };
}

function fits(value: number, { min, above, below, max, integer }: Bounds): boolean {
  return (
    Number.isFinite(value) &&
    !(integer && !Number.isSafeInteger(value)) &&
    !(min !== undefined && value < min) &&
    !(above !== undefined && value <= above) &&
    !(below !== undefined && value >= below) &&
    !(max !== undefined && value > max)
  );
}

function describe({ min, above, below, max, integer }: Bounds): string {
  const limits = [
    min === undefined ? [] : [`at least ${min}`],
    above === undefined ? [] : [`above ${above}`],
    below === undefined ? [] : [`below ${below}`],
    max === undefined ? [] : [`at most ${max}`],
  ].flat();
  const kind = integer ? "a whole number" : "a number";
  return limits.length === 0 ? kind : `${kind} ${limits.join(" and ")}`;
}
