import {
  CONSTANT,
  OP_AND,
  OP_ARITHMETIC,
  OP_BLEND,
  OP_BYTES,
  OP_CLEAR,
  OP_COMPARE,
  OP_CROSS,
  OP_EMA,
  OP_EXTREME,
  OP_HISTORY,
  OP_LEVELS,
  OP_OR,
  OP_PREFIX,
  OP_RELATE,
  OP_RSI,
  OP_SCALES,
  OP_SHADOW,
  OP_SMA,
  OP_SUMMARY,
  WHOLE_A,
  WHOLE_B,
} from "../layout";
import { blends } from "./blends";
import {
  arithmetic,
  averages,
  extreme,
  extremeLevels,
  keepHistory,
  prefixSums,
  simpleMean,
  wilder,
} from "./columns";
import { cross } from "./crosses";
import { both, compare, either, own, summarise } from "./masks";
import { relate } from "./relations";
import { flatShadow, scales, shadow } from "./shadows";

/** Runs operations on the chunk that begins at bar `from`. */
export function runOps(ops: usize, count: i32, from: i32, length: i32): void {
  const end = ops + <usize>count * OP_BYTES;
  for (let op = ops; op < end; op += OP_BYTES) runOp(op, from, length);
}

function runOp(op: usize, from: i32, length: i32): void {
  const out = own(<usize>load<u32>(op, 4));
  const flags = load<i32>(op, 24);
  const more = load<i32>(op, 28);
  const whole = (<usize>from) << 3;
  const a = own(<usize>load<u32>(op, 8)) + ((flags & WHOLE_A) !== 0 ? whole : 0);
  const b = own(<usize>load<u32>(op, 12)) + ((flags & WHOLE_B) !== 0 ? whole : 0);
  const c = <usize>load<u32>(op, 16);
  const d = <usize>load<u32>(op, 20);
  switch (load<i32>(op)) {
    case OP_HISTORY:
      if (from > 0) keepHistory(out, more);
      return;
    case OP_PREFIX:
      prefixSums(out, a, more, load<f64>(c), from, length);
      return;
    case OP_SMA:
      simpleMean(out, a, <i32>c, more, from, length);
      return;
    case OP_EMA:
      averages(a, more, from, length);
      return;
    case OP_BLEND:
      blends(a, more, from, length);
      return;
    case OP_RSI:
      wilder(out, a, c, from, length);
      return;
    case OP_LEVELS:
      extremeLevels(out, a, more, <i32>c, <i32>d, from, length);
      return;
    case OP_EXTREME:
      extreme(out, a, more, <i32>b, <i32>c, <i32>d, from, length);
      return;
    case OP_ARITHMETIC:
      arithmetic(more, out, a, b, length);
      return;
    case OP_SHADOW:
      if ((flags & CONSTANT) !== 0) flatShadow(out, a, b, length);
      else shadow(out, a, b, length);
      return;
    case OP_RELATE:
      relate(out, a, b, c, d, length);
      return;
    case OP_COMPARE:
      compare(more, out, a, length);
      return;
    case OP_CROSS:
      cross(out, a, b, <i32>c, more, length);
      return;
    case OP_AND:
      both(out, a, b, length);
      return;
    case OP_OR:
      either(out, a, b, length);
      return;
    case OP_SCALES:
      scales(out, a, more, from, length);
      return;
    case OP_SUMMARY:
      summarise(out, length);
      return;
    case OP_CLEAR:
      memory.fill(out, 0, <usize>more);
      return;
  }
}
