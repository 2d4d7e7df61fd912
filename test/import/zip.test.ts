import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { written } from "../data/support.ts";
import { fault, imported, stored, temporary } from "./support.ts";
import { type Member, zipOf } from "./zip-writer.ts";

const directory = temporary();
const T0 = Date.UTC(2024, 2, 1);
const row = (hour: number, price = 100 + hour) =>
  `${T0 + hour * 3_600_000},${price},${price + 2},${price - 2},${price + 1},${hour + 1},${T0 + hour * 3_600_000 + 3_599_999},1,1,1,1,0\n`;
const KLINES = Buffer.from(row(0) + row(1));
const SOUND = { name: "BTCUSDT-1h-2024-03.csv", data: KLINES };
const zip = (name: string, ...members: Member[]) => written(directory, name, zipOf(members));
const SPOT = { exchange: "binance_spot" } as const;

async function refusal(path: string): Promise<string> {
  const db = `${path}.duckdb`;
  const message = await fault(imported(db, [path], SPOT));
  expect(await stored(db)).toBe(0);
  return message.replaceAll(path, "FILE");
}

describe("a zip of bars", () => {
  it("is imported member by member, under the names of its members", async () => {
    const path = zip("two.zip", SOUND, { name: "deep/er/ETHUSDT-1h-2024-03.csv", data: KLINES });
    const { reports } = await imported(":memory:", [path], SPOT);
    expect(
      reports.map(({ source, series: [{ symbol }], inserted }) => [source, symbol, inserted]),
    ).toEqual([
      [`${path}/BTCUSDT-1h-2024-03.csv`, "BTCUSDT", 2],
      [`${path}/deep/er/ETHUSDT-1h-2024-03.csv`, "ETHUSDT", 2],
    ]);
  });

  it("may hold stored members, and directories", async () => {
    const folder = { name: "deep/", data: Buffer.alloc(0), mode: 0o040755, method: 0 };
    const path = zip("stored.zip", folder, { ...SOUND, method: 0 });
    expect((await imported(":memory:", [path], SPOT)).bars).toHaveLength(2);
  });

  it("tells its product by the folders of data.binance.vision, else by the option", async () => {
    const named = async (exchange?: string, member: Member = SOUND) => {
      const path = zip("BTCUSDT-1h-2024-03.zip", member);
      const { reports } = await imported(":memory:", [path], { exchange });
      return [reports[0].series[0].exchange, ...reports[0].warnings.map(({ code }) => code)];
    };
    expect(await named()).toEqual(["binance_spot", "import_exchange_assumed"]);
    expect(await named("binance_um")).toEqual(["binance_um"]);
    const coin = { ...SOUND, name: "BTCUSD_PERP-1h-2024-03.csv" };
    expect(await named(undefined, coin)).toEqual(["binance_cm"]);
    const folders = "data/futures/um/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2024-03.csv";
    expect(await named(undefined, { ...SOUND, name: folders })).toEqual(["binance_um"]);
    const header =
      "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";
    const headed = { ...SOUND, data: Buffer.from(header + row(0)) };
    await expect(named(undefined, headed)).rejects.toThrow("import_exchange_untold");
  });

  it("holds bars of the month in its name", async () => {
    const path = zip("april.zip", { ...SOUND, name: "BTCUSDT-1h-2024-04.csv" });
    expect(await refusal(path)).toBe(
      "import_rows_outside: FILE/BTCUSDT-1h-2024-04.csv is named for 2024-04, but holds 2 bars outside of it, the first at 2024-03-01T00:00:00Z",
    );
  });
});

describe("the checksum beside a zip", () => {
  const bytes = zipOf([SOUND]);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const beside = (name: string, content: string) => {
    const path = written(directory, name, bytes);
    written(directory, `${name}.CHECKSUM`, content);
    return path;
  };

  it("is verified", async () => {
    const path = beside("BTCUSDT-1h-2024-03.zip", `${digest}  BTCUSDT-1h-2024-03.zip\n`);
    expect((await imported(":memory:", [path], SPOT)).bars).toHaveLength(2);
  });

  it.each([
    [
      "wrong",
      `${"0".repeat(64)}  w.zip\n`,
      `checksum_differs: FILE does not match its CHECKSUM file: SHA-256 ${digest}`,
    ],
    [
      "of another file",
      `${digest}  other.zip\n`,
      "checksum_unreadable: FILE.CHECKSUM is not a checksum of its archive: it names other.zip",
    ],
    ["garbage", "<html>404</html>", "checksum_unreadable: "],
    ["endless", "0".repeat(10_000), "checksum_unreadable: "],
  ])("refuses the zip if %s", async (_, content, expected) => {
    expect(await refusal(beside("w.zip", content))).toContain(expected);
  });
});

describe("a hostile zip", () => {
  const evil = (name: string, more: Partial<Member> = {}) =>
    zip("evil.zip", SOUND, { name, data: KLINES, ...more });

  it.each([
    ["a name that climbs", () => evil("../escaped.csv"), "leads out of the archive"],
    ["a name that climbs later", () => evil("a/../../escaped.csv"), "leads out of the archive"],
    ["an absolute name", () => evil("/tmp/escaped.csv"), "leads out of the archive"],
    ["a drive", () => evil("C:/escaped.csv"), "leads out of the archive"],
    ["a backslash", () => evil("..\\escaped.csv"), "leads out of the archive"],
    [
      "a symbolic link",
      () => evil("link.csv", { mode: 0o120777, data: Buffer.from("/etc/passwd") }),
      "is a link or device",
    ],
    ["a device", () => evil("null.csv", { mode: 0o020666 }), "is a link or device"],
    ["encryption", () => evil("e.csv", { encrypted: true }), "is encrypted"],
    ["an odd compression", () => evil("e.csv", { method: 14 }), "is compressed by method 14"],
    ["a name twice", () => evil(SOUND.name.toLowerCase()), "occurs twice"],
    [
      "shared bytes",
      () => zip("shared.zip", SOUND, { ...SOUND, name: "b.csv", sharesWith: 0 }),
      "shares its bytes",
    ],
    [
      "an archive inside",
      () => zip("nested.zip", { name: "i.zip", data: zipOf([SOUND]) }),
      "is an archive itself",
    ],
  ])("with %s is refused as a whole", async (_, make, problem) => {
    const message = await refusal(make());
    expect(message).toMatch(/^zip_unsafe: /);
    expect(message).toContain(problem);
    expect(existsSync(join(directory, "..", "escaped.csv"))).toBe(false);
  });

  it("that expands a thousandfold is refused before it is unpacked", async () => {
    const path = zip("bomb.zip", { name: "b.csv", data: Buffer.alloc(64 * 2 ** 20) });
    expect(await refusal(path)).toMatch(
      /^zip_too_large: FILE would unpack to 67 MB from \d+ bytes/,
    );
  });

  it("that claims to hold 10 GB is refused", async () => {
    const path = zip(
      "claims.zip",
      ...[0, 1, 2].map((i) => ({
        name: `${i}.csv`,
        data: Buffer.from(Array.from({ length: 30_000 }, (_, k) => Math.sin(k + i)).join(",")),
        claims: { size: 100 * 2 ** 20 },
      })),
    );
    expect(await refusal(path)).toMatch(/^zip_too_large|^zip_damaged/);
    const large = zip("10gb.zip", { ...SOUND, claims: { size: 0xfffffff0 } });
    expect(await refusal(large)).toMatch(/^zip_too_large: FILE would unpack to 4295 MB/);
  });

  it("whose members are larger or smaller than they claim, or altered, is refused", async () => {
    expect(await refusal(zip("more.zip", { ...SOUND, claims: { size: 10 } }))).toMatch(
      /^zip_damaged: /,
    );
    expect(await refusal(zip("less.zip", { ...SOUND, claims: { size: 9999 } }))).toMatch(
      /^zip_damaged: /,
    );
    expect(await refusal(zip("crc.zip", { ...SOUND, claims: { crc: 1 } }))).toMatch(
      /^zip_damaged: .*checksum/,
    );
  });

  it("cut anywhere, or with bytes flipped, is refused or read, and never more", async () => {
    const sound = zipOf([SOUND]);
    const outcomes = new Set<string>();
    for (let i = 0; i < 60; i++) {
      const bytes = Buffer.from(sound);
      const at = Math.floor((i * sound.length) / 60);
      if (i % 2 === 0) bytes[at] ^= 0xff;
      const path = written(
        directory,
        "flipped.zip",
        i % 2 === 0 ? bytes : bytes.subarray(0, at + 1),
      );
      const outcome = await imported(":memory:", [path], SPOT).then(
        ({ bars }) => `read ${bars.length}`,
        (error) => error.diagnostics?.[0].code ?? `crash ${error}`,
      );
      outcomes.add(outcome);
    }
    expect([...outcomes].filter((one) => one.startsWith("crash"))).toEqual([]);
    expect([...outcomes].filter((one) => /^read/.test(one) && one !== "read 2")).toEqual([]);
  });

  it("without members, or of 10,001, is refused", async () => {
    expect(await refusal(zip("none.zip"))).toMatch(/^zip_damaged: .*no file/);
    const many = Array.from({ length: 10_001 }, (_, i) => ({
      name: `${i}`,
      data: Buffer.alloc(0),
      method: 0,
    }));
    expect(await refusal(zip("many.zip", ...many))).toMatch(/^zip_too_large: .*10001 files/);
  });
});
