/** What a node computes; `a`, `b` and `c` are nodes or numbers as the kind has it. */
export const NODE = {
  /** Column `a` of the bars. */
  bar: 0,
  /** Constant number, value `a` of the table. */
  constant: 1,
  /** Node `a` as many bars ago as `b`. */
  shift: 2,
  /** A list: node `a` behind list `b`. */
  list: 3,
  /** Call of the indicator of plan step `a` with list `b`. */
  call: 4,
  /** Output `b` of call `a`. */
  output: 5,
  /** Arithmetic `c` of nodes `a` and `b`. */
  arithmetic: 6,
  /** How node `a` stands to node `b`. */
  relation: 7,
  /** Comparison `c` of the two nodes of relation `a`. */
  compare: 8,
  /** Cross of relation `a` with flags `c`. */
  cross: 9,
  and: 10,
  or: 11,
  /** Always (`a` 1) or never. */
  truth: 12,
  /** Level of a stop (`c` 0) or target (1) by value `a` of the table; `b`: column of the ATR, or 0. */
  exit: 13,
} as const;

const FIRST_SLOTS = 1 << 12;

/**
 * What the trials of a batch compute, each distinct thing once: equal kinds and operands are one node. Operands come
 * before what uses them. A node that a single trial uses is that trial's own.
 */
export class NodeTable {
  readonly kind: number[] = [];
  readonly a: number[] = [];
  readonly b: number[] = [];
  readonly c: number[] = [];
  /** First trial that uses the node. */
  readonly owner: number[] = [];
  /** 1 where another trial uses it too. */
  readonly shared: number[] = [];
  readonly values: number[] = [];
  readonly #valueAt = new Map<number, number>();
  #slots = new Int32Array(FIRST_SLOTS).fill(-1);
  /** The trial whose nodes are being asked for. */
  trial = 0;

  get size(): number {
    return this.kind.length;
  }

  /** Number of a value: equal ones (and all NaN) have the same. */
  value(value: number): number {
    const known = this.#valueAt.get(value);
    if (known !== undefined) return known;
    this.#valueAt.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  node(kind: number, a: number, b: number, c: number): number {
    const { kind: kinds, a: as, b: bs, c: cs } = this;
    let slots = this.#slots;
    const mask = slots.length - 1;
    let at = hash(kind, a, b, c) & mask;
    while (true) {
      const id = slots[at]!;
      if (id < 0) break;
      if (as[id] === a && bs[id] === b && kinds[id] === kind && cs[id] === c) {
        if (this.owner[id] !== this.trial) this.shared[id] = 1;
        return id;
      }
      at = (at + 1) & mask;
    }
    const id = kinds.length;
    kinds.push(kind);
    as.push(a);
    bs.push(b);
    cs.push(c);
    this.owner.push(this.trial);
    this.shared.push(0);
    slots[at] = id;
    if (2 * id > slots.length) {
      slots = this.#slots = new Int32Array(2 * slots.length).fill(-1);
      for (let k = 0; k <= id; k++) {
        let free = hash(kinds[k]!, as[k]!, bs[k]!, cs[k]!) & (slots.length - 1);
        while (slots[free]! >= 0) free = (free + 1) & (slots.length - 1);
        slots[free] = k;
      }
    }
    return id;
  }
}

function hash(kind: number, a: number, b: number, c: number): number {
  let h =
    Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c * 16 + kind, 0xc2b2ae35);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
