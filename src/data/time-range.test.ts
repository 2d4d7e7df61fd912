import { describe, expect, it } from "vitest";
import { parseMoment, timeWindow } from "./time-range.ts";

describe("time range", () => {
  it("takes dates as whole UTC days, both included", () => {
    expect(timeWindow({ from: "2024-01-01", to: "2024-01-31" })).toEqual({
      from: 1704067200000,
      to: 1706745600000,
      warmupBars: 0,
    });
  });

  it("excludes an end that has a clock time", () => {
    expect(timeWindow({ to: "2024-01-31T12:00" }).to).toBe(1706702400000);
    expect(timeWindow({ to: 1706702400000 }).to).toBe(1706702400000);
  });

  it("reads times without a zone as UTC and honours offsets", () => {
    expect(parseMoment("2024-01-01 09:30")?.ms).toBe(1704101400000);
    expect(parseMoment("2024-01-01T09:30:00.250Z")?.ms).toBe(1704101400250);
    expect(parseMoment("2024-01-01T09:30:00+05:30")?.ms).toBe(1704081600000);
    expect(parseMoment("2024-01-01T09:30:00-0500")?.ms).toBe(1704119400000);
  });

  it("keeps a one-day range", () => {
    const { from, to } = timeWindow({ from: "2024-02-29", to: "2024-02-29" });
    expect(to - from).toBe(86_400_000);
  });

  it.each([
    "2024-02-30",
    "2023-02-29",
    "2024-13-01",
    "2024-01-01T24:00",
    "01/02/2024",
    "yesterday",
    "2024",
    "",
  ])("refuses %j", (text) => {
    expect(parseMoment(text)).toBeNull();
    expect(() => timeWindow({ from: text })).toThrow("date_option: --from");
  });

  it("refuses a reversed range and one without a moment in it", () => {
    expect(() => timeWindow({ from: "2024-02-01", to: "2024-01-31" })).toThrow("range_reversed");
    expect(() => timeWindow({ from: 5, to: 5 })).toThrow("range_reversed");
  });

  it("refuses a warm-up that is no count", () => {
    expect(() => timeWindow({ warmupBars: -1 })).toThrow("load_option: warmupBars -1");
    expect(() => timeWindow({ warmupBars: 1.5 })).toThrow("load_option: warmupBars 1.5");
  });
});
