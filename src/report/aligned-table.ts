export interface AlignedTable {
  /** Before each line; two spaces unless given. */
  readonly indent?: string;
  /** Whether a column stands to the left; numbers, as all unless given, to the right. */
  readonly left?: (column: number) => boolean;
}

/** Rows of cells as lines, every column as wide as its widest cell. The first row is the head. */
export function alignedTable(
  rows: readonly (readonly string[])[],
  { indent = "  ", left = () => false }: AlignedTable = {},
): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  const placed = (cell: string, c: number) =>
    left(c) ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!);
  return rows.map((row) => `${indent}${row.map(placed).join("  ")}`.trimEnd());
}
