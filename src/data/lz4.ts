/** Most bytes that one frame may become. */
const LIMIT = 2 ** 31;
const MAGIC = 0x184d2204;

/**
 * Decompresses one LZ4 frame (frame format 1.6, block format). Checksums are not verified; a damaged
 * frame is an error. Grows with what is really in the frame, never with what it claims.
 */
export function decodeLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw new Error("not an LZ4 frame");
  const flags = frame[4];
  if (flags >> 6 !== 1) throw new Error("unknown LZ4 frame version");
  const blockChecksums = (flags & 0x10) !== 0;
  let at = 7 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
  const out = new Growing(frame.length * 3);
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return out.bytes.slice(0, out.length);
    const length = size & 0x7fffffff;
    if (at + length > frame.length) throw new Error("an LZ4 block is cut short");
    const block = frame.subarray(at, at + length);
    if (size >>> 31 === 1) out.append(block);
    else decodeBlock(block, out);
    at += length + (blockChecksums ? 4 : 0);
  }
}

/** Sequences of literals and of matches in what was written before. */
function decodeBlock(block: Uint8Array, out: Growing): void {
  let at = 0;
  const longer = (length: number): number => {
    if (length < 15) return length;
    for (;;) {
      const more = block[at++] ?? bad();
      length += more;
      if (more !== 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = longer(token >> 4);
    if (at + literals > block.length) bad();
    out.append(block.subarray(at, at + literals));
    at += literals;
    if (at >= block.length) return;
    const distance = (block[at++] ?? bad()) | ((block[at++] ?? bad()) << 8);
    out.repeat(distance, longer(token & 15) + 4);
  }
}

class Growing {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  append(more: Uint8Array): void {
    this.reserve(more.length);
    this.bytes.set(more, this.length);
    this.length += more.length;
  }

  /** Repeats what stands `distance` bytes back; it may overlap what is being written. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.length) bad();
    this.reserve(count);
    const { bytes } = this;
    let from = this.length - distance;
    let to = this.length;
    for (let i = 0; i < count; i++) bytes[to++] = bytes[from++];
    this.length = to;
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    if (needed > LIMIT) throw new Error("an LZ4 frame is too large");
    const next = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    next.set(this.bytes.subarray(0, this.length));
    this.bytes = next;
  }
}

function bad(): never {
  throw new Error("an LZ4 block is damaged");
}
