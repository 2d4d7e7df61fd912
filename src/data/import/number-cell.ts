const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A price out of text or JSON: NaN unless it is a decimal number. */
export function numberCell(cell: unknown): number {
  if (typeof cell === "number") return cell;
  return typeof cell === "string" && NUMBER.test(cell.trim()) ? Number(cell) : Number.NaN;
}

/** A volume: NaN where it is missing, infinite where it is something else than a number. */
export function volumeCell(cell: unknown): number {
  if (cell === null || cell === undefined || cell === "") return Number.NaN;
  const value = numberCell(cell);
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
