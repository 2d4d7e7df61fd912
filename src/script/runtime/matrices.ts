import { fail, type Place } from "../../diagnostics/index.ts";
import { compared, type Item, MAX_ELEMENTS, signOf } from "./arrays.ts";
import { determinant, inverse } from "./linear-algebra.ts";

/** Rows of equal length; `columns` tells it where there are none. */
export interface Matrix<T = Item> {
  rows: T[][];
  columns: number;
}

/** `matrix.*`: changed in place and shared by the variables that hold them. */
export class MatrixFunctions {
  /** Where a problem is reported: the place of the call that runs. */
  readonly #place: () => Place;

  constructor(place: () => Place) {
    this.#place = place;
  }

  // Made.

  new(rows: number, columns: number, initial: Item): Matrix {
    if (!(rows >= 0 && columns >= 0)) this.#fail(`a size of ${rows} × ${columns}`);
    if (rows * columns > MAX_ELEMENTS || rows > MAX_ELEMENTS) this.#full();
    const line = () => new Array<Item>(Math.trunc(columns)).fill(initial);
    return { rows: Array.from({ length: Math.trunc(rows) }, line), columns: Math.trunc(columns) };
  }
  copy(m: Matrix): Matrix {
    return { rows: this.#some(m).rows.map((row) => [...row]), columns: m.columns };
  }
  submatrix(
    m: Matrix,
    fromRow = 0,
    toRow = Number.NaN,
    fromColumn = 0,
    toColumn = Number.NaN,
  ): Matrix {
    const [top, bottom] = this.#range(fromRow, toRow, this.#some(m).rows.length);
    const [left, right] = this.#range(fromColumn, toColumn, m.columns);
    const rows = m.rows.slice(top, bottom).map((row) => row.slice(left, right));
    return { rows, columns: right - left };
  }
  transpose(m: Matrix): Matrix {
    const { rows, columns } = this.#some(m);
    const turned = Array.from({ length: columns }, (_, k) => rows.map((row) => row[k]!));
    return { rows: turned, columns: rows.length };
  }
  sum(a: Matrix<number>, b: Matrix<number>): Matrix<number> {
    return this.#paired(a, b, (x, y) => x + y);
  }
  sum_number(a: Matrix<number>, b: number): Matrix<number> {
    return this.#each(a, (x) => x + b);
  }
  diff(a: Matrix<number>, b: Matrix<number>): Matrix<number> {
    return this.#paired(a, b, (x, y) => x - y);
  }
  diff_number(a: Matrix<number>, b: number): Matrix<number> {
    return this.#each(a, (x) => x - b);
  }
  mult(a: Matrix<number>, b: Matrix<number>): Matrix<number> {
    if (this.#some(a).columns !== this.#some(b).rows.length)
      this.#fail(`${shape(a)} cannot be multiplied by ${shape(b)}`);
    const columns = this.transpose(b as Matrix).rows as number[][];
    const rows = a.rows.map((row) => columns.map((column) => product(row, column)));
    return { rows, columns: b.columns };
  }
  mult_number(a: Matrix<number>, b: number): Matrix<number> {
    return this.#each(a, (x) => x * b);
  }
  mult_array(a: Matrix<number>, b: number[]): number[] {
    if (this.#some(a).columns !== b?.length)
      this.#fail(`${shape(a)} cannot be multiplied by ${b?.length ?? 0} elements`);
    return a.rows.map((row) => product(row, b));
  }
  /** na throughout where there is none. */
  inv(m: Matrix<number>): Matrix<number> {
    return { rows: inverse(this.#square(m)), columns: m.columns };
  }

  // Written to.

  set(m: Matrix, row: number, column: number, value: Item): void {
    this.#row(m, row)[this.#at(column, m.columns, "column")] = value;
  }
  fill(
    m: Matrix,
    value: Item,
    fromRow = 0,
    toRow = Number.NaN,
    fromColumn = 0,
    toColumn = Number.NaN,
  ): void {
    const [top, bottom] = this.#range(fromRow, toRow, this.#some(m).rows.length);
    const [left, right] = this.#range(fromColumn, toColumn, m.columns);
    for (const row of m.rows.slice(top, bottom)) row.fill(value, left, right);
  }
  add_row(m: Matrix, row: number, items: Item[] | undefined, na: Item): void {
    const { rows } = this.#some(m);
    if (rows.length === 0 && m.columns === 0) m.columns = items?.length ?? 0;
    const line = this.#line(items, m.columns, na);
    const at = Number.isNaN(row) ? rows.length : this.#at(row, rows.length + 1, "row");
    if ((rows.length + 1) * Math.max(1, m.columns) > MAX_ELEMENTS) this.#full();
    rows.splice(at, 0, line);
  }
  add_col(m: Matrix, column: number, items: Item[] | undefined, na: Item): void {
    const { rows, columns } = this.#some(m);
    if (rows.length === 0 && items !== undefined) m.rows = items.map(() => []);
    const line = this.#line(items, m.rows.length, na);
    const at = Number.isNaN(column) ? columns : this.#at(column, columns + 1, "column");
    if (m.rows.length * (columns + 1) > MAX_ELEMENTS) this.#full();
    m.rows.forEach((row, k) => {
      row.splice(at, 0, line[k]!);
    });
    m.columns++;
  }
  remove_row(m: Matrix, row = Number.NaN): Item[] {
    const { length } = this.#some(m).rows;
    return m.rows.splice(this.#at(Number.isNaN(row) ? length - 1 : row, length, "row"), 1)[0]!;
  }
  remove_col(m: Matrix, column = Number.NaN): Item[] {
    const { columns } = this.#some(m);
    const at = this.#at(Number.isNaN(column) ? columns - 1 : column, columns, "column");
    m.columns--;
    return m.rows.map((row) => row.splice(at, 1)[0]!);
  }
  swap_rows(m: Matrix, a: number, b: number): void {
    const [x, y] = [this.#row(m, a), this.#row(m, b)];
    m.rows[Math.trunc(a)] = y;
    m.rows[Math.trunc(b)] = x;
  }
  swap_columns(m: Matrix, a: number, b: number): void {
    const { columns } = this.#some(m);
    const [x, y] = [this.#at(a, columns, "column"), this.#at(b, columns, "column")];
    for (const row of m.rows) [row[x], row[y]] = [row[y]!, row[x]!];
  }
  /** Rows by their element in one column. */
  sort(m: Matrix, column: number, order: string): void {
    const at = this.#at(column, this.#some(m).columns, "column");
    const sign = signOf(order);
    m.rows.sort((x, y) => sign * compared(x[at]!, y[at]!));
  }
  /** The last element is the first then. */
  reverse(m: Matrix): void {
    this.#some(m).rows.reverse();
    for (const row of m.rows) row.reverse();
  }

  // Read.

  get(m: Matrix, row: number, column: number): Item {
    return this.#row(m, row)[this.#at(column, m.columns, "column")]!;
  }
  row(m: Matrix, row: number): Item[] {
    return [...this.#row(m, row)];
  }
  col(m: Matrix, column: number): Item[] {
    const at = this.#at(column, this.#some(m).columns, "column");
    return m.rows.map((row) => row[at]!);
  }
  rows(m: Matrix): number {
    return this.#some(m).rows.length;
  }
  columns(m: Matrix): number {
    return this.#some(m).columns;
  }
  elements_count(m: Matrix): number {
    return this.#some(m).rows.length * m.columns;
  }
  is_square(m: Matrix): boolean {
    return this.#some(m).rows.length === m.columns;
  }

  // Reckoned; na elements are passed over by avg, min and max.

  avg(m: Matrix<number>): number {
    const defined = this.#defined(m);
    return finite(defined.reduce((sum, x) => sum + x, 0) / defined.length);
  }
  min(m: Matrix<number>): number {
    return finite(
      this.#defined(m).reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY),
    );
  }
  max(m: Matrix<number>): number {
    return finite(
      this.#defined(m).reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY),
    );
  }
  det(m: Matrix<number>): number {
    return finite(determinant(this.#square(m)));
  }
  trace(m: Matrix<number>): number {
    return finite(this.#square(m).reduce((sum, row, k) => sum + row[k]!, 0));
  }

  #each(m: Matrix<number>, of: (x: number) => number): Matrix<number> {
    const rows = this.#some(m).rows.map((row) => row.map((x) => finite(of(x))));
    return { rows, columns: m.columns };
  }
  #paired(
    a: Matrix<number>,
    b: Matrix<number>,
    of: (x: number, y: number) => number,
  ): Matrix<number> {
    if (shape(this.#some(a)) !== shape(this.#some(b)))
      this.#fail(`${shape(a)} and ${shape(b)} are of different sizes`);
    const rows = a.rows.map((row, i) => row.map((x, k) => finite(of(x, b.rows[i]![k]!))));
    return { rows, columns: a.columns };
  }
  #square(m: Matrix<number>): number[][] {
    if (this.#some(m).rows.length !== m.columns) this.#fail(`${shape(m)} is not square`);
    return m.rows;
  }
  #defined(m: Matrix<number>): number[] {
    return this.#some(m)
      .rows.flat()
      .filter((x) => !Number.isNaN(x));
  }
  #line(items: Item[] | undefined, length: number, na: Item): Item[] {
    if (items === undefined) return new Array<Item>(length).fill(na);
    if (items.length !== length) this.#fail(`${items.length} elements where there are ${length}`);
    return [...items];
  }
  /** Ends as in slices: na is the end. */
  #range(from: number, to: number, length: number): readonly [number, number] {
    const end = Number.isNaN(to) ? length : to;
    if (!(from >= 0 && end >= from && end <= length))
      this.#fail(`from ${from} to ${end} of ${length}`);
    return [Math.trunc(from), Math.trunc(end)];
  }
  #row(m: Matrix, row: number): Item[] {
    const { rows } = this.#some(m);
    return rows[this.#at(row, rows.length, "row")]!;
  }
  #at(index: number, length: number, what: "row" | "column"): number {
    if (!(index >= 0 && index < length)) this.#fail(`there is no ${what} ${index} of ${length}`);
    return Math.trunc(index);
  }
  #some<M>(m: M | null): M {
    if (m === null || m === undefined) return this.#fail("it is na");
    return m;
  }
  #full(): never {
    return this.#fail(`it would have more than ${MAX_ELEMENTS} elements`);
  }
  #fail(problem: string): never {
    return fail("script_matrix", { problem }, this.#place());
  }
}

const shape = ({ rows, columns }: Matrix<number>) => `${rows.length} × ${columns}`;

function product(a: readonly number[], b: readonly number[]): number {
  return finite(a.reduce((sum, x, k) => sum + x * b[k]!, 0));
}

function finite(x: number): number {
  return x + 0 * x;
}
