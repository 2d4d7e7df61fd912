import { createHash } from "node:crypto";
import { crc32, deflateRawSync } from "node:zlib";
import { barAt } from "./exchanges.ts";
import type { Handler } from "./server.ts";

/** A zip archive of one file. */
export function zipOf(name: string, content: string): Buffer {
  const data = Buffer.from(content);
  const packed = deflateRawSync(data);
  const fileName = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(fileName.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, fileName, packed]);
  const entry = Buffer.concat([
    Buffer.from("PK\x01\x02\x14\x00", "latin1"),
    common,
    Buffer.alloc(14),
    fileName,
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

export function sha256(data: Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

export interface Archives {
  /** Opens of the first bar and past the last one that is archived. */
  readonly from: number;
  readonly to: number;
  /** Labels (2024-03, 2024-03-05) of archives that are not there. */
  readonly absent?: readonly string[];
  /** From this time on in microseconds. */
  readonly microsFrom?: number;
  readonly header?: boolean;
}

const STEPS: Readonly<Record<string, number>> = { "1h": 3_600_000, "1d": 86_400_000 };
const PATH =
  /^\/data\/(spot|futures\/um|futures\/cm)\/(monthly|daily)\/klines\/(\w+)\/(\w+)\/\3-\4-(\d{4}-\d\d(?:-\d\d)?)\.zip(\.CHECKSUM)?$/;

/** The layout of data.binance.vision: zip archives of klines by month and day, each with a CHECKSUM. */
export function binanceVision(archives: Archives): Handler {
  return (asked, response) => {
    const match = PATH.exec(asked.path);
    if (match === null) return false;
    const [, , period, symbol, interval, label, checksum] = match;
    if ((period === "monthly") !== (label.length === 7)) return false;
    if (archives.absent?.includes(label)) return false;
    const csv = klines(archives, interval, label);
    if (csv === "") return false;
    const name = `${symbol}-${interval}-${label}`;
    const zip = zipOf(`${name}.csv`, csv);
    response.writeHead(200).end(checksum ? `${sha256(zip)}  ${name}.zip\n` : zip);
    return true;
  };
}

function klines(
  { from, to, microsFrom = Number.POSITIVE_INFINITY, header }: Archives,
  interval: string,
  label: string,
): string {
  const step = STEPS[interval];
  const start = Date.parse(label.length === 7 ? `${label}-01` : label);
  const day = new Date(start);
  const end =
    label.length === 7 ? Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1) : start + 86_400_000;
  const lines: string[] = [];
  for (let t = start; t < end; t += step) {
    if (t < from || t >= to) continue;
    const zeros = t >= microsFrom ? "000" : "";
    lines.push(
      [
        `${t}${zeros}`,
        ...barAt(t, step),
        `${t + step - 1}${zeros && "999"}`,
        "1.5",
        3,
        "1",
        "1",
        "0",
      ].join(),
    );
  }
  if (header && lines.length > 0) {
    lines.unshift(
      "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore",
    );
  }
  return lines.join("\n");
}
