import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Source texts that emitted modules are made of. */
export interface ModuleParts {
  readonly runtime: string;
  /** By name. */
  readonly indicators: Readonly<Record<string, string>>;
}

/** As a text of a tenth of the size: what imports the package and emits no module should not hold a megabyte of them. */
export function packParts(parts: ModuleParts): string {
  return deflateRawSync(JSON.stringify(parts), { level: 9 }).toString("base64");
}

export function unpackParts(packed: string): ModuleParts {
  return JSON.parse(inflateRawSync(Buffer.from(packed, "base64")).toString()) as ModuleParts;
}
