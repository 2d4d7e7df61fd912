import { FRAME_HIGH, FRAME_HIGHS, FRAME_LOW, FRAME_LOWS } from "../exit-layout";
import { CHUNK } from "../layout";

/** Makes the trees of the chunk's lows and highs. */
export function growTrees(from: i32, length: i32): void {
  const start = (<usize>from) << 3;
  grow(<usize>load<u32>(FRAME_LOWS), <usize>load<u32>(FRAME_LOW) + start, length, Infinity);
  grow(<usize>load<u32>(FRAME_HIGHS), <usize>load<u32>(FRAME_HIGH) + start, length, -Infinity);
}

/** @param none what stands behind the last bar: never the extreme of bars */
function grow(tree: usize, column: usize, length: i32, none: f64): void {
  memory.copy(tree, column, (<usize>length) << 3);
  for (let j = length; j < CHUNK; j++) store<f64>(tree + ((<usize>j) << 3), none);
  const least = none > 0;
  let below = tree;
  let width: usize = CHUNK << 3;
  while (width > 8) {
    const level = below + width;
    width >>= 1;
    for (let j: usize = 0; j < width; j += 8) {
      const a = load<f64>(below + (j << 1));
      const b = load<f64>(below + (j << 1), 8);
      store<f64>(level + j, (least ? b < a : b > a) ? b : a);
    }
    below = level;
  }
}

/** The first bar from `from` on whose low is at or below a price, or `length`; none is where the price is na. */
export function firstAtOrBelow(price: f64, from: i32, length: i32): i32 {
  let node = <usize>load<u32>(FRAME_LOWS);
  let width = CHUNK;
  let i = from;
  if (from >= length) return length;
  while (!(load<f64>(node + ((<usize>i) << 3)) <= price)) {
    i++;
    if (i === width) return length;
    while ((i & 1) === 0) {
      node += (<usize>width) << 3;
      width >>= 1;
      i >>= 1;
    }
  }
  while (width < CHUNK) {
    width <<= 1;
    node -= (<usize>width) << 3;
    i <<= 1;
    i += i32(!(load<f64>(node + ((<usize>i) << 3)) <= price));
  }
  return i;
}

/** The first bar from `from` on whose high is at or above a price, or `length`; none is where the price is na. */
export function firstAtOrAbove(price: f64, from: i32, length: i32): i32 {
  let node = <usize>load<u32>(FRAME_HIGHS);
  let width = CHUNK;
  let i = from;
  if (from >= length) return length;
  while (!(load<f64>(node + ((<usize>i) << 3)) >= price)) {
    i++;
    if (i === width) return length;
    while ((i & 1) === 0) {
      node += (<usize>width) << 3;
      width >>= 1;
      i >>= 1;
    }
  }
  while (width < CHUNK) {
    width <<= 1;
    node -= (<usize>width) << 3;
    i <<= 1;
    i += i32(!(load<f64>(node + ((<usize>i) << 3)) >= price));
  }
  return i;
}
