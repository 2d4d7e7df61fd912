import { deflateRawSync } from "node:zlib";
import { crc32 } from "../../src/data/import/crc32.ts";

/** A member as it is written, honest unless told otherwise. */
export interface Member {
  readonly name: string;
  readonly data: Uint8Array;
  /** What the archive says instead of the truth. */
  readonly claims?: { readonly size?: number; readonly crc?: number };
  /** Unix file type and mode: 0o120777 is a link. */
  readonly mode?: number;
  readonly encrypted?: boolean;
  readonly method?: number;
  /** Start of the bytes of another member, which this one shares. */
  readonly sharesWith?: number;
}

/** A zip archive of members, written without any library so that it can lie. */
export function zipOf(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const directory = members.map((member, i) => {
    const { name, data, claims, mode = 0o100644, encrypted = false, method = 8 } = member;
    const packed = method === 8 ? deflateRawSync(data) : Buffer.from(data);
    const nameBytes = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(encrypted ? 1 : 0x800, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(claims?.crc ?? crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(Math.min(claims?.size ?? data.length, 0xffffffff), 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    offsets[i] = member.sharesWith === undefined ? length : offsets[member.sharesWith];
    if (member.sharesWith === undefined) {
      const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, nameBytes, packed]);
      parts.push(local);
      length += local.length;
    }
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE((mode << 16) >>> 0, 6);
    entry.writeUInt32LE(offsets[i], 10);
    const version = Buffer.from([20, 3]);
    return Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), version, fields, entry, nameBytes]);
  });
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(length, 16);
  return Buffer.concat([...parts, central, end]);
}
