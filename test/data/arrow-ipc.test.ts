import { Table, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import { afterAll, describe, expect, it } from "vitest";
import { loadArrow } from "../../src/data/arrow-ipc.ts";
import { ArrowReader } from "../../src/data/arrow-reader.ts";
import { barsToTable, loadDataset } from "../../src/data/index.ts";
import { identify } from "../../src/data/source-kind.ts";
import { timeWindow } from "../../src/data/time-range.ts";
import { SwymcError } from "../../src/diagnostics/index.ts";
import { columns, fault, temporary, written } from "./support.ts";

const directory = temporary();
const T0 = 1704067200000;
const of = (f: (i: number) => number, count = 200) =>
  Float64Array.from({ length: count }, (_, i) => f(i));
const BARS = {
  time: of((i) => T0 + i * 60_000),
  open: of((i) => 100 + i),
  high: of((i) => 102 + i),
  low: of((i) => 98 + i),
  close: of((i) => 101 + i),
  volume: of((i) => i),
};
const TABLE = barsToTable(BARS);

describe("Arrow IPC", () => {
  it.each([
    ["a file", "bars.arrow", tableToIPC(TABLE, "file")],
    ["Feather version 2", "bars.feather", tableToIPC(TABLE, "file")],
    ["a stream", "bars.ipc", tableToIPC(TABLE, "stream")],
    [
      "a stream of several batches",
      "bars.arrows",
      tableToIPC(TABLE.slice(0, 50).concat(TABLE.slice(50)), "stream"),
    ],
  ])("reads %s", async (_, name, bytes) => {
    const dataset = await loadDataset(written(directory, name, bytes));
    expect(dataset).toMatchObject({ state: "ok", interval: "1m", from: T0 });
    expect(columns(dataset)).toEqual([
      BARS.time,
      BARS.open,
      BARS.high,
      BARS.low,
      BARS.close,
      BARS.volume,
    ]);
  });

  it("cuts windows and names faulty rows as for any source", async () => {
    const path = written(directory, "w.arrow", tableToIPC(TABLE, "file"));
    const dataset = await loadDataset(path, {
      from: T0 + 600_000,
      to: T0 + 660_000,
      warmupBars: 2,
    });
    expect([...dataset.bars.close]).toEqual([109, 110, 111]);
    const high = BARS.high.slice();
    high[7] = 1;
    const faulty = written(
      directory,
      "f.arrow",
      tableToIPC(barsToTable({ ...BARS, high }), "file"),
    );
    expect(await fault(faulty)).toContain(
      "high_below_low: row 8: high is below low: 2024-01-01T00:07:00Z open 107 high 1",
    );
  });

  it("passes on what is wrong with a column", async () => {
    const text = vectorFromArray(["a", "b"], new Utf8());
    const path = written(
      directory,
      "t.arrow",
      tableToIPC(new Table({ time: text, open: text }), "file"),
    );
    expect(await fault(path)).toContain(
      "column_missing: no column for high; the columns are: time, open",
    );
  });

  it("refuses more rows than the limit, truncated files and other bytes", async () => {
    const bytes = tableToIPC(TABLE, "file");
    const path = written(directory, "l.arrow", bytes);
    expect(await fault(path, { maxBars: 100 })).toBe(
      "too_many_bars: the source holds 200 rows; the limit is 100",
    );
    expect(
      await fault(written(directory, "cut.arrow", bytes.subarray(0, bytes.length / 2))),
    ).toMatch(/^arrow_invalid|^column/);
    expect(
      await fault(written(directory, "junk.arrow", "ARROW1, or so it says, but no more of it")),
    ).toMatch(/^arrow_invalid|^column/);
  });

  it("a deadline that is too short is an error", async () => {
    const path = written(directory, "d.arrow", tableToIPC(TABLE, "file"));
    expect(await fault(path, { deadlineMs: 1 })).toBe(
      "arrow_deadline: reading FILE was stopped after 1 ms",
    );
  });
});

describe("damaged Arrow files", () => {
  const count = Number(process.env.SWYMC_FUZZ || 60);
  const seed = Number(process.env.SWYMC_SEED ?? 20_240_101);
  const reader = new ArrowReader();
  afterAll(() => reader.close());

  it(
    `${count} of them neither hang nor end the process`,
    async () => {
      console.log(`seed ${seed}`);
      const random = lcg(seed);
      const sound = [tableToIPC(TABLE, "stream"), tableToIPC(TABLE, "file")];
      const outcomes: Record<string, number> = {};
      for (let i = 0; i < count; i++) {
        const bytes = sound[i % 2].slice();
        for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips--) {
          // Most changes go into the metadata, at both ends; in the columns they only change numbers.
          const near = random() < 0.7 ? random() * 1600 : bytes.length - 1 - random() * 1500;
          bytes[Math.floor(random() < 0.8 ? near : random() * bytes.length)] = random() * 256;
        }
        const outcome = await outcomeOf(written(directory, "damaged.arrow", bytes));
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
      console.log(outcomes);
      expect(Object.values(outcomes).reduce((a, b) => a + b, 0)).toBe(count);
      // After all of them the reader still reads.
      expect(await outcomeOf(written(directory, "sound.arrow", sound[0]))).toBe("ok");
    },
    60_000 + count * 10_000,
  );

  /** The state of what was read, or the code of its fault. */
  async function outcomeOf(path: string): Promise<string> {
    try {
      const options = { deadlineMs: 2000 };
      const file = identify(path);
      if (file.kind !== "arrow") return "another kind";
      return (await loadArrow(file, options, timeWindow(options), reader)).state;
    } catch (error) {
      if (error instanceof SwymcError) return error.diagnostics[0].code;
      throw error;
    }
  }
});

function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
