import { describe, expect, it } from "vitest";
import { decodeLz4Frame } from "./lz4.ts";

/** A frame of independent blocks, written by hand after the format description (lz4 frame format 1.6.x). */
const frame = (...blocks: number[][]) =>
  Uint8Array.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, ...blocks.flat(), 0, 0, 0, 0]);
const size = (n: number, stored = false) => [n & 255, (n >> 8) & 255, 0, stored ? 0x80 : 0];
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("LZ4 frames", () => {
  it("repeats matches that overlap themselves", () => {
    const block = [0x3f, 0x61, 0x62, 0x63, 3, 0, 2, 0x10, 0x21];
    expect(text(decodeLz4Frame(frame([...size(block.length), ...block])))).toBe(
      `${"abc".repeat(8)}!`,
    );
  });

  it("copies stored blocks and joins several", () => {
    const stored = [...size(2, true), 0x68, 0x69];
    expect(text(decodeLz4Frame(frame(stored, stored)))).toBe("hihi");
  });

  it("refuses a match before the beginning, a block cut short and foreign bytes", () => {
    const early = [0x10, 0x61, 9, 0];
    expect(() => decodeLz4Frame(frame([...size(early.length), ...early]))).toThrow("damaged");
    expect(() => decodeLz4Frame(frame([...size(200), 1, 2]))).toThrow("cut short");
    expect(() => decodeLz4Frame(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))).toThrow("not an LZ4 frame");
  });
});
