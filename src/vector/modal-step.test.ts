import { describe, expect, it } from "vitest";
import { modalStep } from "./modal-step.ts";

describe("most common step", () => {
  it("is the step that occurs most often, not the shortest or first", () => {
    expect(modalStep(Float64Array.of(0, 5, 6, 16, 26, 30, 40))).toBe(10);
  });

  it("is the shorter one on a tie", () => {
    expect(modalStep(Float64Array.of(0, 10, 15, 25, 30))).toBe(5);
  });

  it("does not exist below two bars", () => {
    expect(modalStep(Float64Array.of(1))).toBeNull();
    expect(modalStep(Float64Array.of())).toBeNull();
  });
});
