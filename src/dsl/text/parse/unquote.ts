const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

/** The value of a quoted text. */
export function unquote(image: string): string {
  return image.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
}
