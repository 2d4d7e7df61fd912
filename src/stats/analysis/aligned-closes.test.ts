import { expect, test } from "vitest";
import { alignedCloses } from "./aligned-closes.ts";

const columns = (time: number[], close: number[]) => ({
  time: Float64Array.from(time),
  close: Float64Array.from(close),
});
const align = (run: number[], benchmark: ReturnType<typeof columns>) => {
  const { close, missing } = alignedCloses(Float64Array.from(run), benchmark);
  return [Array.from(close), missing];
};

test("takes the close at each bar, else the last one, before the first that one", () => {
  const benchmark = columns([20, 30, 45, 60], [2, 3, 4.5, 6]);
  expect(align([10, 20, 30, 40, 50, 60, 70], benchmark)).toEqual([[2, 2, 3, 3, 4.5, 6, 6], 4]);
});

test("a close that is missing is no bar", () => {
  expect(align([1, 2, 3], columns([1, 2, 3], [Number.NaN, 5, Number.NaN]))).toEqual([[5, 5, 5], 2]);
});

test("bars of another time give none", () => {
  expect(align([1, 2], columns([5, 6], [7, 8]))).toEqual([[7, 7], 2]);
  expect(align([1], columns([], []))).toEqual([[Number.NaN], 1]);
});
