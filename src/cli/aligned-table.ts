/** Rows of cells as lines, every column as wide as its widest cell: numbers to the right. The first row is the head. */
export function alignedTable(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows.map((row) =>
    `  ${row.map((cell, c) => cell.padStart(widths[c]!)).join("  ")}`.trimEnd(),
  );
}
