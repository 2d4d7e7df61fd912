import { columns } from "./columns.ts";
import type { ImportFormat } from "./format.ts";

/** Every format, most particular first: a source is read by the first one that recognises it. */
export const FORMATS: readonly ImportFormat[] = [columns];
