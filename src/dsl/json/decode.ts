import { type Diagnostic, diagnose, SourceText } from "../../diagnostics/index.ts";
import { LIMITS } from "../limits.ts";

export interface Decoded {
  readonly text: SourceText;
  /** Why the text cannot be read; null where it can. */
  readonly problem: Diagnostic | null;
}

const BOM = "\ufeff";

/** A document's text from its characters or UTF-8 bytes, without byte order mark, within the size limit. */
export function decode(source: string | Uint8Array, file: string | undefined): Decoded {
  const place = file === undefined ? {} : { file };
  if (isTooLarge(source)) {
    const problem = diagnose("document_too_large", { limit: LIMITS.bytes }, place);
    return { text: new SourceText("", file), problem };
  }
  const raw = typeof source === "string" ? source : new TextDecoder("utf-8").decode(source);
  const text = new SourceText(raw.startsWith(BOM) ? raw.slice(1) : raw, file);
  const fault =
    typeof source === "string" ? loneSurrogate(text.text) : malformed(source, text.text);
  if (fault === null) return { text, problem: null };
  const span = text.span(fault.offset, 1);
  return { text, problem: diagnose("not_unicode", { what: fault.what }, { ...place, span }) };
}

interface Fault {
  readonly offset: number;
  readonly what: string;
}

function isTooLarge(source: string | Uint8Array): boolean {
  if (source.length > LIMITS.bytes) return true;
  if (typeof source !== "string" || source.length * 3 <= LIMITS.bytes) return false;
  return new TextEncoder().encode(source).length > LIMITS.bytes;
}

function loneSurrogate(text: string): Fault | null {
  const match = /\p{Cs}/u.exec(text);
  return match && { offset: match.index, what: "an unpaired surrogate" };
}

function malformed(bytes: Uint8Array, text: string): Fault | null {
  const first = `${bytes[0]},${bytes[1]}`;
  if (first === "255,254" || first === "254,255") return { offset: 0, what: "it is UTF-16" };
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return null;
  } catch {
    return { offset: Math.max(0, text.indexOf("\ufffd")), what: "a malformed byte sequence" };
  }
}
