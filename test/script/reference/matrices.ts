import type { Site } from "./site.ts";
import { finite, na, PineArray, PineMatrix, toNumber, type Value } from "./values.ts";

const matrixOf = (site: Site, index = 0, name = "id") => site.get(index, name) as PineMatrix;
const numbersOf = (m: PineMatrix) => m.items.map(toNumber);
/** An argument, or what it stands at. */
const given = (site: Site, index: number, name: string, standard: number) => {
  const value = site.number(index, name);
  return Number.isNaN(value) ? standard : value;
};

/** A matrix of other sizes, each element told by its place. */
function filled(rows: number, columns: number, of: (row: number, column: number) => Value) {
  const made = new PineMatrix(rows, columns, []);
  for (let i = 0; i < rows; i++) for (let k = 0; k < columns; k++) made.items.push(of(i, k));
  return made;
}

function become(m: PineMatrix, other: PineMatrix): Value {
  Object.assign(m, { rows: other.rows, columns: other.columns, items: other.items });
  return na;
}

const element = (m: PineMatrix, row: number, column: number) => m.items[row * m.columns + column]!;

/** By the definition of Laplace, along the first row. */
function determinant(m: PineMatrix): number {
  if (m.rows === 0) return 1;
  let sum = 0;
  for (let k = 0; k < m.columns; k++)
    sum += (-1) ** k * toNumber(element(m, 0, k)) * determinant(without(m, 0, k));
  return sum;
}

function without(m: PineMatrix, row: number, column: number): PineMatrix {
  const at = (i: number, left: number) => (i < left ? i : i + 1);
  return filled(m.rows - 1, m.columns - 1, (i, k) => element(m, at(i, row), at(k, column)));
}

/** The adjugate by the determinant. */
function inverse(m: PineMatrix): PineMatrix {
  const whole = determinant(m);
  return filled(m.rows, m.columns, (i, k) =>
    finite(((-1) ** (i + k) * determinant(without(m, k, i))) / whole),
  );
}

const ofTwo =
  (of: (a: number, b: number) => number) =>
  (site: Site): Value => {
    const m = matrixOf(site, 0, "id1");
    const other = site.get(1, "id2")!;
    return filled(m.rows, m.columns, (i, k) =>
      finite(
        of(
          toNumber(element(m, i, k)),
          toNumber(other instanceof PineMatrix ? element(other, i, k) : other),
        ),
      ),
    );
  };

function multiplied(site: Site): Value {
  const m = matrixOf(site, 0, "id1");
  const other = site.get(1, "id2")!;
  if (!(other instanceof PineMatrix || other instanceof PineArray))
    return ofTwo((a, b) => a * b)(site);
  const columns = other instanceof PineMatrix ? other.columns : 1;
  const made = filled(m.rows, columns, (i, k) => {
    let sum = 0;
    for (let j = 0; j < m.columns; j++) {
      const right = other instanceof PineMatrix ? element(other, j, k) : other.items[j]!;
      sum += toNumber(element(m, i, j)) * toNumber(right);
    }
    return finite(sum);
  });
  return other instanceof PineMatrix ? made : new PineArray(made.items);
}

export const matrices: Readonly<Record<string, (site: Site) => Value>> = {
  "matrix.new": (site) =>
    filled(
      given(site, 0, "rows", 0),
      given(site, 1, "columns", 0),
      () => site.get(2, "initial_value") ?? na,
    ),
  "matrix.rows": (site) => matrixOf(site).rows,
  "matrix.columns": (site) => matrixOf(site).columns,
  "matrix.elements_count": (site) => matrixOf(site).items.length,
  "matrix.is_square": (site) => matrixOf(site).rows === matrixOf(site).columns,
  "matrix.get": (site) => element(matrixOf(site), site.number(1, "row"), site.number(2, "column")),
  "matrix.set": (site) => {
    const m = matrixOf(site);
    m.items[site.number(1, "row") * m.columns + site.number(2, "column")] = site.get(3, "value")!;
    return na;
  },
  "matrix.fill": (site) => {
    const m = matrixOf(site);
    const inside = (at: number, first: number, from: string, to: string, end: number) =>
      at >= given(site, first, from, 0) && at < given(site, first + 1, to, end);
    return become(
      m,
      filled(m.rows, m.columns, (i, k) =>
        inside(i, 2, "from_row", "to_row", m.rows) &&
        inside(k, 4, "from_column", "to_column", m.columns)
          ? site.get(1, "value")!
          : element(m, i, k),
      ),
    );
  },
  "matrix.row": (site) => {
    const m = matrixOf(site);
    return new PineArray(
      filled(1, m.columns, (_, k) => element(m, site.number(1, "row"), k)).items,
    );
  },
  "matrix.col": (site) => {
    const m = matrixOf(site);
    return new PineArray(
      filled(1, m.rows, (_, i) => element(m, i, site.number(1, "column"))).items,
    );
  },
  "matrix.add_row": (site) => {
    const m = matrixOf(site);
    const items = (site.get(2, "array_id") as PineArray | undefined)?.items;
    const at = given(site, 1, "row", m.rows);
    const columns = m.items.length === 0 && items !== undefined ? items.length : m.columns;
    return become(
      m,
      filled(m.rows + 1, columns, (i, k) =>
        i === at ? (items?.[k] ?? na) : element(m, i < at ? i : i - 1, k),
      ),
    );
  },
  "matrix.add_col": (site) => {
    const m = matrixOf(site);
    const items = (site.get(2, "array_id") as PineArray | undefined)?.items;
    const at = given(site, 1, "column", m.columns);
    const rows = m.items.length === 0 && items !== undefined ? items.length : m.rows;
    return become(
      m,
      filled(rows, m.columns + 1, (i, k) =>
        k === at ? (items?.[i] ?? na) : element(m, i, k < at ? k : k - 1),
      ),
    );
  },
  "matrix.remove_row": (site) => {
    const m = matrixOf(site);
    const at = given(site, 1, "row", m.rows - 1);
    const gone = filled(1, m.columns, (_, k) => element(m, at, k)).items;
    become(
      m,
      filled(m.rows - 1, m.columns, (i, k) => element(m, i < at ? i : i + 1, k)),
    );
    return new PineArray(gone);
  },
  "matrix.remove_col": (site) => {
    const m = matrixOf(site);
    const at = given(site, 1, "column", m.columns - 1);
    const gone = filled(1, m.rows, (_, i) => element(m, i, at)).items;
    become(
      m,
      filled(m.rows, m.columns - 1, (i, k) => element(m, i, k < at ? k : k + 1)),
    );
    return new PineArray(gone);
  },
  "matrix.copy": (site) => {
    const m = matrixOf(site);
    return filled(m.rows, m.columns, (i, k) => element(m, i, k));
  },
  "matrix.transpose": (site) => {
    const m = matrixOf(site);
    return filled(m.columns, m.rows, (i, k) => element(m, k, i));
  },
  "matrix.submatrix": (site) => {
    const m = matrixOf(site);
    const [top, left] = [given(site, 1, "from_row", 0), given(site, 3, "from_column", 0)];
    const rows = given(site, 2, "to_row", m.rows) - top;
    return filled(rows, given(site, 4, "to_column", m.columns) - left, (i, k) =>
      element(m, top + i, left + k),
    );
  },
  "matrix.swap_rows": (site) => {
    const m = matrixOf(site);
    const [a, b] = [site.number(1, "row1"), site.number(2, "row2")];
    const from = (i: number) => (i === a ? b : i === b ? a : i);
    return become(
      m,
      filled(m.rows, m.columns, (i, k) => element(m, from(i), k)),
    );
  },
  "matrix.swap_columns": (site) => {
    const m = matrixOf(site);
    const [a, b] = [site.number(1, "column1"), site.number(2, "column2")];
    const from = (k: number) => (k === a ? b : k === b ? a : k);
    return become(
      m,
      filled(m.rows, m.columns, (i, k) => element(m, i, from(k))),
    );
  },
  "matrix.reverse": (site) => {
    const m = matrixOf(site);
    m.items = [...m.items].reverse();
    return na;
  },
  /** Each row goes in front of the first that comes behind it. */
  "matrix.sort": (site) => {
    const m = matrixOf(site);
    const column = given(site, 1, "column", 0);
    const falls = site.get(2, "order") === "descending";
    const sorted: number[] = [];
    for (let i = 0; i < m.rows; i++) {
      const key = toNumber(element(m, i, column));
      const behind = sorted.findIndex((other) => {
        const against = toNumber(element(m, other, column));
        return falls ? against < key : against > key;
      });
      sorted.splice(behind < 0 ? sorted.length : behind, 0, i);
    }
    return become(
      m,
      filled(m.rows, m.columns, (i, k) => element(m, sorted[i]!, k)),
    );
  },
  "matrix.trace": (site) => {
    const m = matrixOf(site);
    let sum = 0;
    for (let i = 0; i < m.rows; i++) sum += toNumber(element(m, i, i));
    return finite(sum);
  },
  "matrix.sum": ofTwo((a, b) => a + b),
  "matrix.diff": ofTwo((a, b) => a - b),
  "matrix.mult": multiplied,
  "matrix.det": (site) => finite(determinant(matrixOf(site))),
  "matrix.inv": (site) => inverse(matrixOf(site)),
  "matrix.avg": (site) => {
    const numbers = numbersOf(matrixOf(site));
    return finite(numbers.reduce((sum, x) => sum + x, 0) / numbers.length);
  },
  "matrix.max": (site) => finite(Math.max(...numbersOf(matrixOf(site)))),
  "matrix.min": (site) => finite(Math.min(...numbersOf(matrixOf(site)))),
};
