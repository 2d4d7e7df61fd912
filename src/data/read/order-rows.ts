/** What stands in the way of one row per time. */
export interface RepeatedTime {
  readonly time: number;
  readonly count: number;
}

/**
 * Puts columns (the first of them times without na) into the order of time, in place. Rows come in parts that begin at `starts`, weakest
 * first: of two rows of one time in different parts the later part's stays; in one part they are
 * returned as a fault. Costs nothing but a look where rows are in order already. Returns the number of rows left.
 */
export function orderRows(
  columns: readonly Float64Array[],
  starts: readonly number[],
): { rows: number; repeated: RepeatedTime | null } {
  const [time] = columns;
  if (!increases(time)) {
    const order = timeOrder(time);
    const spare = new Float64Array(time.length);
    for (const column of columns) {
      for (let i = 0; i < order.length; i++) spare[i] = column[order[i]];
      column.set(spare);
    }
    const part = partsOf(order, starts);
    return withoutRepeats(columns, part);
  }
  return { rows: time.length, repeated: null };
}

function increases(time: Float64Array): boolean {
  for (let i = 1; i < time.length; i++) if (!(time[i] > time[i - 1])) return false;
  return true;
}

/** Stable order of the times: natural runs, merged in pairs. */
function timeOrder(time: Float64Array): Uint32Array {
  let order: Uint32Array = new Uint32Array(time.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let runs = [0];
  for (let i = 1; i < time.length; i++) if (time[i] < time[i - 1]) runs.push(i);
  let other = runs.length > 1 ? new Uint32Array(time.length) : order;
  while (runs.length > 1) {
    const merged: number[] = [];
    for (let r = 0; r < runs.length; r += 2) {
      const middle = runs[r + 1] ?? time.length;
      merge(time, order, other, [runs[r], middle, runs[r + 2] ?? time.length]);
      merged.push(runs[r]);
    }
    [order, other] = [other, order];
    runs = merged;
  }
  return order;
}

function merge(
  time: Float64Array,
  from: Uint32Array,
  into: Uint32Array,
  [start, middle, end]: readonly [number, number, number],
): void {
  let left = start;
  let right = middle;
  for (let k = start; k < end; k++) {
    const takeLeft = left < middle && (right >= end || time[from[left]] <= time[from[right]]);
    into[k] = takeLeft ? from[left++] : from[right++];
  }
}

/** For each ordered row the part that it came from; the order is overwritten. */
function partsOf(order: Uint32Array, starts: readonly number[]): Uint32Array {
  for (let k = 0; k < order.length; k++) {
    let part = starts.length - 1;
    while (part > 0 && order[k] < starts[part]) part--;
    order[k] = part;
  }
  return order;
}

function withoutRepeats(columns: readonly Float64Array[], part: Uint32Array) {
  const [time] = columns;
  let kept = 0;
  let count = 0;
  let first = Number.NaN;
  for (let i = 0; i < time.length; i++) {
    const again = kept > 0 && time[i] === time[kept - 1];
    if (again && part[i] === part[kept - 1] && count++ === 0) first = time[i];
    const to = again ? kept - 1 : kept++;
    for (const column of columns) column[to] = column[i];
    part[to] = part[i];
  }
  return { rows: kept, repeated: count === 0 ? null : { time: first, count } };
}
