import { createHash } from "node:crypto";
import { STRATEGY_NAMESPACE } from "../../ir/identity.ts";

const NAMESPACE = Buffer.from(STRATEGY_NAMESPACE.replaceAll("-", ""), "hex");
/** The first digit of a UUID's variant, by the hexadecimal digit that stands there in the hash. */
const VARIANT: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 16 }, (_, digit) => [digit.toString(16), "89ab"[digit % 4]!]),
);

/** `logicId` of many texts: UUIDv5 (RFC 9562 §5.5) by Node's own SHA-1, in a quarter of the time. */
export function nameLogic(text: string): string {
  const hash = createHash("sha1").update(NAMESPACE).update(text).digest("hex");
  const tail = `${VARIANT[hash[16]!]!}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${tail}`;
}
