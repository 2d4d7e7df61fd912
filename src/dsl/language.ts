/** The two ways to write a strategy. */
export type Language = "json" | "text";

/** A script is told by its name, `.pine` or `.txt`; without one of the known endings by not beginning like JSON. */
export function languageOf(text: string, file?: string): Language {
  if (file !== undefined && /\.(pine|pinescript|ps|txt)$/i.test(file)) return "text";
  if (file !== undefined && /\.jsonc?$/i.test(file)) return "json";
  return /^[\s\ufeff]*(?:[[{"]|$)/.test(text) ? "json" : "text";
}
