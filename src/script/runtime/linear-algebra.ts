/**
 * Determinant and inverse of a square matrix by elimination with partial pivoting, O(n³).
 * Golub, Van Loan, Matrix Computations, 4th ed., 3.4.
 */
export function determinant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let product = 1;
  for (let k = 0; k < rows.length; k++) {
    if (pivot(rows, k)) product = -product;
    product *= rows[k]![k]!;
    if (rows[k]![k] === 0) return 0;
    for (let i = k + 1; i < rows.length; i++) eliminate(rows, i, k);
  }
  return product;
}

/** All na where the matrix has no inverse. */
export function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, k) => (i === k ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    pivot(rows, k);
    const head = rows[k]![k]!;
    if (head === 0 || Number.isNaN(head)) return matrix.map((row) => row.map(() => Number.NaN));
    rows[k] = rows[k]!.map((x) => x / head);
    for (let i = 0; i < n; i++) if (i !== k) eliminate(rows, i, k);
  }
  return rows.map((row) => row.slice(n));
}

/** Brings the largest element of column `k` from row `k` on to the diagonal; true where rows changed places. */
function pivot(rows: number[][], k: number): boolean {
  let best = k;
  for (let i = k + 1; i < rows.length; i++) {
    if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
  }
  if (best === k) return false;
  [rows[k], rows[best]] = [rows[best]!, rows[k]!];
  return true;
}

function eliminate(rows: number[][], i: number, k: number): void {
  const [row, head] = [rows[i]!, rows[k]!];
  const factor = row[k]! / head[k]!;
  if (factor === 0) return;
  for (let j = k; j < row.length; j++) row[j]! -= factor * head[j]!;
}
