import { NODE, type NodeTable } from "./node-table.ts";

/** Columns in groups: two that are compared are in one. */
export function comparedColumns({ kind, a, b, size }: NodeTable): readonly number[][] {
  const root = new Int32Array(size);
  for (let id = 0; id < size; id++) root[id] = id;
  const rootOf = (id: number): number => {
    let at = id;
    while (root[at] !== at) {
      root[at] = root[root[at]!]!;
      at = root[at]!;
    }
    return at;
  };
  const compared = new Uint8Array(size);
  for (let id = 0; id < size; id++) {
    if (kind[id] !== NODE.relation) continue;
    const [x, y] = [a[id]!, b[id]!];
    compared[x] = 1;
    compared[y] = 1;
    root[rootOf(x)] = rootOf(y);
  }
  const groups = new Map<number, number[]>();
  for (let id = 0; id < size; id++) {
    if (compared[id] === 0) continue;
    const group = groups.get(rootOf(id));
    if (group === undefined) groups.set(rootOf(id), [id]);
    else group.push(id);
  }
  return [...groups.values()];
}
